package dev.convoy.loss;

import java.util.List;

/** The list of losses: a new one is one file and one line here. */
public final class Losses {
  private Losses() {}

  /** Names in {@code train.loss.name}. */
  public static List<String> names() {
    return List.of("softmax-cross-entropy", "rbf");
  }

  /**
   * The loss of that name.
   *
   * @param j the constant of {@link RadialBasisLoss}; others do not use it
   */
  public static Loss of(String name, double j) {
    return switch (name) {
      case "softmax-cross-entropy" -> new SoftmaxCrossEntropy();
      case "rbf" -> new RadialBasisLoss(j);
      default ->
          throw new IllegalArgumentException(
              "the loss %s is unknown; allowed are %s".formatted(name, String.join(", ", names())));
    };
  }
}
