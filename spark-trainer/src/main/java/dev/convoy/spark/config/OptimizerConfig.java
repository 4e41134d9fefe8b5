package dev.convoy.spark.config;

/**
 * Section {@code train.optimizer}.
 *
 * @param momentum share of the previous update in the next, 0 &lt;= momentum &lt; 1
 * @param weightDecay L2 penalty, added to the gradient as weightDecay * weight, at least 0
 * @param decaysVectors whether biases and batch normalization decay too
 * @param trust only for {@link Name#LARS}: how far a step may change a layer, relative to its size
 */
public record OptimizerConfig(
    Name name, double momentum, double weightDecay, boolean decaysVectors, double trust) {

  /** The optimizers there are. */
  public enum Name implements Choice {
    SGD,
    NESTEROV,
    LARS
  }

  static OptimizerConfig read(ConfigReader reader) {
    return new OptimizerConfig(
        reader.choice("train.optimizer.name", Name.class),
        reader.number(
            "train.optimizer.momentum", m -> m >= 0 && m < 1, "a number from 0 to below 1"),
        reader.number("train.optimizer.weight-decay", d -> d >= 0, "a number from 0"),
        reader.onOff("train.optimizer.decay-vectors"),
        reader.number("train.optimizer.trust", t -> t > 0, "a number above 0"));
  }
}
