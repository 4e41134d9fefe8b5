package dev.convoy.loss;

import java.util.List;

/** The list of losses: a new one is one file and one line here. */
public final class Losses {
  /**
   * What they are set to.
   *
   * @param j only {@link RadialBasisLoss}: its constant
   * @param labelSmoothing only {@link SoftmaxCrossEntropy}: share of the target that all classes
   *     have alike, from 0 to below 1
   */
  public record Settings(double j, double labelSmoothing) {
    /** Without smoothing. */
    public static Settings ofConstant(double j) {
      return new Settings(j, 0);
    }
  }

  private Losses() {}

  /** Names in {@code train.loss.name}. */
  public static List<String> names() {
    return List.of("softmax-cross-entropy", "rbf");
  }

  /**
   * The loss of that name.
   *
   * @throws IllegalArgumentException if there is none, or it cannot be set so
   */
  public static Loss of(String name, Settings settings) {
    if (name.equals("rbf") && settings.labelSmoothing() > 0) {
      throw new IllegalArgumentException(
          "the loss rbf has no probabilities whose labels could be smoothed");
    }
    return switch (name) {
      case "softmax-cross-entropy" -> new SoftmaxCrossEntropy(settings.labelSmoothing());
      case "rbf" -> new RadialBasisLoss(settings.j());
      default ->
          throw new IllegalArgumentException(
              "the loss %s is unknown; allowed are %s".formatted(name, String.join(", ", names())));
    };
  }
}
