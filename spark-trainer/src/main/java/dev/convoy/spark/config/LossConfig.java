package dev.convoy.spark.config;

import dev.convoy.loss.Losses;

/**
 * Section {@code train.loss}.
 *
 * @param j only for {@link Name#RBF}: the constant j of LeCun et al. 1998, equation 9, above 0
 * @param labelSmoothing share of the target that all classes have alike, 0 &lt;= share &lt; 1
 */
public record LossConfig(Name name, double j, double labelSmoothing) {

  /** The losses there are; {@code AUTO} is what the network asks for. */
  public enum Name implements Choice {
    AUTO,
    SOFTMAX_CROSS_ENTROPY,
    RBF
  }

  static LossConfig read(ConfigReader reader) {
    return new LossConfig(
        reader.choice("train.loss.name", Name.class),
        reader.number("train.loss.j", j -> j > 0, "a number above 0"),
        reader.number(
            "train.loss.label-smoothing", s -> s >= 0 && s < 1, "a number from 0 to below 1"));
  }

  /** For the list of losses. */
  public Losses.Settings settings() {
    return new Losses.Settings(j, labelSmoothing);
  }
}
