package dev.convoy.loss;

import java.util.List;
import java.util.function.Function;

/**
 * A loss by its name; {@link Losses} lists them.
 *
 * @param name in {@code train.loss.name}
 * @param summary what it is, in a few words
 * @param uses keys of {@code train.loss} that this loss needs
 * @param loss the loss with its settings, which it may reject by an IllegalArgumentException
 */
public record LossFactory(
    String name, String summary, List<String> uses, Function<Losses.Settings, Loss> loss) {
  public LossFactory {
    uses = List.copyOf(uses);
  }
}
