package dev.convoy.spark.config;

/**
 * Section {@code train.schedule}.
 *
 * @param learningRate the highest learning rate, above 0
 * @param warmUp epochs of linear rise to it, at least 0, may be fractional
 */
public record ScheduleConfig(Name name, double learningRate, double warmUp) {

  /** The course of the learning rate after the warm-up. */
  public enum Name implements Choice {
    COSINE,
    CONSTANT
  }

  static ScheduleConfig read(ConfigReader reader) {
    return new ScheduleConfig(
        reader.choice("train.schedule.name", Name.class),
        reader.number("train.schedule.learning-rate", rate -> rate > 0, "a number above 0"),
        reader.number(
            "train.schedule.warm-up", epochs -> epochs >= 0, "a number of epochs from 0"));
  }
}
