package dev.convoy.optim;

import java.util.List;

/** The list of optimizers: a new one is one file and one line here. */
public final class Optimizers {
  /**
   * What they are set to.
   *
   * @param momentum share of the previous update in the next, 0 to below 1
   * @param weightDecay added to the gradient, times the weight
   * @param trust only LARS: how far a step may change a layer, relative to its size
   */
  public record Settings(double momentum, double weightDecay, double trust) {}

  private Optimizers() {}

  /** Names in {@code train.optimizer.name}. */
  public static List<String> names() {
    return List.of("sgd", "nesterov", "lars");
  }

  /**
   * The optimizer of that name, for one network: it updates running statistics too.
   *
   * @param parts of the network's flat vector
   */
  public static Optimizer of(String name, Settings settings, List<Part> parts) {
    float momentum = (float) settings.momentum();
    float decay = (float) settings.weightDecay();
    return switch (name) {
      case "sgd" -> new TrainedParts(new Sgd(momentum, decay), parts);
      case "nesterov" -> new TrainedParts(new Nesterov(momentum, decay), parts);
      case "lars" -> new Lars(momentum, decay, (float) settings.trust(), parts);
      default ->
          throw new IllegalArgumentException(
              "the optimizer %s is unknown; allowed are %s"
                  .formatted(name, String.join(", ", names())));
    };
  }
}
