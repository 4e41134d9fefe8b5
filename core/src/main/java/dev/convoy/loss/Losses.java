package dev.convoy.loss;

import dev.convoy.registry.Registry;
import java.util.List;

/** The list of losses: a new one is one file and one line here. */
public final class Losses {
  private static final List<LossFactory> ALL =
      List.of(SoftmaxCrossEntropy.FACTORY, RadialBasisLoss.FACTORY);

  private static final Registry<LossFactory> REGISTRY =
      new Registry<>(
          "the loss %s is unknown", IllegalArgumentException::new, LossFactory::name, ALL);

  /**
   * The settings of losses.
   *
   * @param j only {@link RadialBasisLoss}: its constant
   * @param labelSmoothing only {@link SoftmaxCrossEntropy}: share of the target that is spread
   *     evenly over all classes, from 0 to below 1
   */
  public record Settings(double j, double labelSmoothing) {
    /** Returns settings without smoothing. */
    public static Settings ofConstant(double j) {
      return new Settings(j, 0);
    }
  }

  private Losses() {}

  /** Returns all losses. */
  public static List<LossFactory> all() {
    return ALL;
  }

  /** Returns the values of {@code train.loss.name}. */
  public static List<String> names() {
    return REGISTRY.names();
  }

  /**
   * Returns the loss of that name.
   *
   * @throws IllegalArgumentException if there is none, or it does not support these settings
   */
  public static Loss of(String name, Settings settings) {
    return REGISTRY.named(name).loss().apply(settings);
  }
}
