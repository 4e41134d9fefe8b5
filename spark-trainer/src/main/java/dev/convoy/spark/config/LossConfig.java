package dev.convoy.spark.config;

/**
 * Section {@code train.loss}.
 *
 * @param j only for {@link Name#RBF}: the constant j of LeCun et al. 1998, equation 9, above 0
 */
public record LossConfig(Name name, double j) {

  /** The losses there are; {@code AUTO} is what the network asks for. */
  public enum Name implements Choice {
    AUTO,
    SOFTMAX_CROSS_ENTROPY,
    RBF
  }

  static LossConfig read(ConfigReader reader) {
    return new LossConfig(
        reader.choice("train.loss.name", Name.class),
        reader.number("train.loss.j", j -> j > 0, "a number above 0"));
  }
}
