package dev.convoy.optim;

import java.util.List;

/** The list of optimizers: a new one is one file and one line here. */
public final class Optimizers {
  /**
   * What they are set to.
   *
   * @param momentum share of the previous update in the next, 0 to below 1
   * @param weightDecay added to the gradient, times the weight
   * @param decaysVectors whether that is done to biases and batch normalization too
   * @param trust only LARS: how far a step may change a layer, relative to its size
   */
  public record Settings(double momentum, double weightDecay, boolean decaysVectors, double trust) {
    /** Of optimizers that decay everything and know no trust. */
    public static Settings of(double momentum, double weightDecay) {
      return new Settings(momentum, weightDecay, true, 0);
    }
  }

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
    float decayOfVectors = settings.decaysVectors() ? decay : 0f;
    return switch (name) {
      case "sgd" ->
          new TrainedParts(new Sgd(momentum, decay), new Sgd(momentum, decayOfVectors), parts);
      case "nesterov" ->
          new TrainedParts(
              new Nesterov(momentum, decay), new Nesterov(momentum, decayOfVectors), parts);
      case "lars" -> new Lars(momentum, decay, decayOfVectors, (float) settings.trust(), parts);
      default ->
          throw new IllegalArgumentException(
              "the optimizer %s is unknown; allowed are %s"
                  .formatted(name, String.join(", ", names())));
    };
  }
}
