package dev.convoy.spark.config;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Section {@code train.schedule}.
 *
 * @param learningRate the highest learning rate, above 0
 * @param referenceBatch the batch size that this rate is for, of which a larger batch's is a
 *     multiple; 0 for whatever batch there is
 * @param warmUp epochs of linear rise to it, at least 0, may be fractional
 * @param milestones only for {@link Name#STEP}: epochs, ascending
 * @param factor only for {@link Name#STEP} and {@link Name#PLATEAU}: of each reduction
 * @param power only for {@link Name#POLYNOMIAL}
 * @param patience only for {@link Name#PLATEAU}: validations without improvement that are let pass
 */
public record ScheduleConfig(
    Name name,
    double learningRate,
    int referenceBatch,
    double warmUp,
    List<Float> milestones,
    double factor,
    double power,
    int patience) {

  /** The course of the learning rate after the warm-up. */
  public enum Name implements Choice {
    COSINE,
    CONSTANT,
    STEP,
    POLYNOMIAL,
    PLATEAU
  }

  public ScheduleConfig {
    milestones = List.copyOf(milestones);
  }

  static ScheduleConfig read(ConfigReader reader) {
    ScheduleConfig schedule =
        new ScheduleConfig(
            reader.choice("train.schedule.name", Name.class),
            reader.number("train.schedule.learning-rate", rate -> rate > 0, "a number above 0"),
            reader.isNull("train.schedule.reference-batch")
                ? 0
                : reader.integer("train.schedule.reference-batch", 1),
            reader.number(
                "train.schedule.warm-up", epochs -> epochs >= 0, "a number of epochs from 0"),
            milestones(reader),
            reader.number(
                "train.schedule.factor", f -> f > 0 && f < 1, "a number above 0 and below 1"),
            reader.number("train.schedule.power", p -> p > 0, "a number above 0"),
            reader.integer("train.schedule.patience", 0));
    return schedule.afterWarmUp(reader);
  }

  private static List<Float> milestones(ConfigReader reader) {
    String key = "train.schedule.milestones";
    String allowed = "a list of epochs above 0, each greater than the one before";
    List<Float> milestones = reader.numbers(key, epoch -> epoch > 0, allowed);
    for (int i = 1; i < milestones.size(); i++) {
      if (milestones.get(i) <= milestones.get(i - 1)) {
        throw reader.refuse(key, allowed);
      }
    }
    return milestones;
  }

  /** Refuses milestones that would have passed before the rate that they lower is reached. */
  private ScheduleConfig afterWarmUp(ConfigReader reader) {
    if (name == Name.STEP && milestones.get(0) < warmUp) {
      throw reader.refuse(
          "train.schedule.milestones",
          "epochs behind the warm-up (train.schedule.warm-up = %s)".formatted(warmUp));
    }
    return this;
  }

  /** The highest learning rate of a batch (Goyal et al. 2017, section 2.1). */
  public double learningRate(int batch) {
    return referenceBatch == 0 ? learningRate : learningRate * batch / referenceBatch;
  }

  /** What counts, by key. */
  Map<String, Object> identity() {
    Map<String, Object> all =
        new TreeMap<>(
            Map.of(
                "name", name.label(),
                "learning-rate", learningRate,
                "reference-batch", referenceBatch,
                "warm-up", warmUp));
    if (name == Name.STEP) {
      all.put("milestones", milestones);
    }
    if (name == Name.STEP || name == Name.PLATEAU) {
      all.put("factor", factor);
    }
    if (name == Name.POLYNOMIAL) {
      all.put("power", power);
    }
    if (name == Name.PLATEAU) {
      all.put("patience", patience);
    }
    return all;
  }
}
