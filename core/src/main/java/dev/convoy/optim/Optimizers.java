package dev.convoy.optim;

import dev.convoy.registry.Registry;
import java.util.List;

/** The list of optimizers: a new one is one file and one line here. */
public final class Optimizers {
  private static final List<OptimizerFactory> ALL =
      List.of(Sgd.FACTORY, Nesterov.FACTORY, Lars.FACTORY);

  private static final Registry<OptimizerFactory> REGISTRY =
      new Registry<>(
          "the optimizer %s is unknown",
          IllegalArgumentException::new, OptimizerFactory::name, ALL);

  /**
   * The settings of optimizers.
   *
   * @param momentum share of the previous update in the next, 0 to below 1
   * @param weightDecay added to the gradient, times the weight
   * @param decaysVectors whether that is done to biases and batch normalization too
   * @param trust only LARS: how far a step may change a layer, relative to its size
   */
  public record Settings(double momentum, double weightDecay, boolean decaysVectors, double trust) {
    /** Returns settings that decay all parameters, for optimizers without a trust factor. */
    public static Settings of(double momentum, double weightDecay) {
      return new Settings(momentum, weightDecay, true, 0);
    }
  }

  private Optimizers() {}

  /** Returns all optimizers. */
  public static List<OptimizerFactory> all() {
    return ALL;
  }

  /** Returns the values of {@code train.optimizer.name}. */
  public static List<String> names() {
    return REGISTRY.names();
  }

  /**
   * Returns the optimizer of that name, for one network; it updates running statistics too.
   *
   * @param ranges of the network's flat vector
   * @throws IllegalArgumentException if there is none
   */
  public static Optimizer of(String name, Settings settings, List<ParameterRange> ranges) {
    return REGISTRY.named(name).optimizer().apply(settings, ranges);
  }

  /**
   * Applies an optimizer that updates each weight on its own to what is trained, updates running
   * statistics, and leaves what is frozen.
   *
   * @param ranges of the network's flat vector
   */
  public static Optimizer elementwise(Optimizer optimizer, List<ParameterRange> ranges) {
    return new ParameterGroups(optimizer, optimizer, ranges);
  }
}
