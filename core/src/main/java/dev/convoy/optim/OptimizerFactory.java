package dev.convoy.optim;

import java.util.List;
import java.util.function.BiFunction;

/**
 * An optimizer by its name; {@link Optimizers} lists them.
 *
 * @param name in {@code train.optimizer.name}
 * @param summary what it is, in a few words
 * @param uses keys of {@code train.optimizer} that it uses and not all others do
 * @param optimizer the optimizer with its settings, for the parameters of one network
 */
public record OptimizerFactory(
    String name,
    String summary,
    List<String> uses,
    BiFunction<Optimizers.Settings, List<ParameterRange>, Optimizer> optimizer) {
  public OptimizerFactory {
    uses = List.copyOf(uses);
  }
}
