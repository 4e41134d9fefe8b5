package dev.convoy.spark.config;

import static dev.convoy.spark.config.DefinesResult.WHERE_USED;
import static dev.convoy.spark.config.DefinesResult.YES;

import dev.convoy.optim.ScheduleFactory;
import dev.convoy.optim.Schedules;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Section {@code train.schedule}.
 *
 * @param name one of {@link Schedules#names}: the course of the learning rate after the warm-up
 * @param learningRate the highest learning rate, above 0
 * @param referenceBatch the batch size that this rate is for, of which a larger batch's is a
 *     multiple; empty for whatever batch there is
 * @param warmUp epochs of linear rise to it, at least 0, may be fractional
 * @param milestones epochs at which a step schedule's rate falls, ascending
 * @param factor of each reduction
 * @param power of a polynomial schedule
 * @param patience validations without improvement that a plateau lets pass
 */
public record ScheduleConfig(
    String name,
    double learningRate,
    Optional<Integer> referenceBatch,
    double warmUp,
    List<Float> milestones,
    double factor,
    double power,
    int patience) {

  public ScheduleConfig {
    milestones = List.copyOf(milestones);
  }

  static final Section SECTION = new Section("train.schedule");

  private static final Key<String> NAME =
      SECTION.key(
          "name",
          Types.name(Schedules.names()),
          "cosine",
          YES,
          "The course of the learning rate after the warm-up: "
              + Schedules.all().stream()
                  .map(schedule -> schedule.name() + " (" + schedule.summary() + ")")
                  .collect(Collectors.joining(", "))
              + ".");

  static final Key<Double> LEARNING_RATE =
      SECTION.key(
          "learning-rate",
          Types.number("a number above 0", rate -> rate > 0),
          "0.05",
          YES,
          "The highest learning rate.");

  private static final Key<Optional<Integer>> REFERENCE_BATCH =
      SECTION.key(
          "reference-batch",
          Types.wholeNumber(1).orNull(),
          "null",
          YES,
          "The batch size that the learning rate is for: that of another batch is larger or smaller"
              + " in proportion (Goyal et al. 2017). With null the learning rate is taken as it is.");

  static final Key<Double> WARM_UP =
      SECTION.key(
          "warm-up",
          Types.number("a number of epochs from 0", epochs -> epochs >= 0),
          "0",
          YES,
          "Epochs of linear rise to the learning rate; may be fractional.");

  private static final Key<List<Float>> MILESTONES =
      SECTION.key(
          "milestones",
          Types.numbers(
                  "a list of epochs above 0, each greater than the one before", epoch -> epoch > 0)
              .where(ScheduleConfig::ascend),
          "[30, 60, 80]",
          WHERE_USED,
          usage("milestones"),
          "Only step: epochs from the beginning of the training, warm-up included, at which the rate"
              + " falls; none within the warm-up.");

  private static final Key<Double> FACTOR =
      SECTION.key(
          "factor",
          Types.number("a number above 0 and below 1", f -> f > 0 && f < 1),
          "0.1",
          WHERE_USED,
          usage("factor"),
          "Only step and plateau: what the rate is multiplied by.");

  private static final Key<Double> POWER =
      SECTION.key(
          "power",
          Types.number("a number above 0", p -> p > 0),
          "1",
          WHERE_USED,
          usage("power"),
          "Only polynomial: 1 is a straight line.");

  private static final Key<Integer> PATIENCE =
      SECTION.key(
          "patience",
          Types.wholeNumber(0),
          "3",
          WHERE_USED,
          usage("patience"),
          "Only plateau: how many validations (evaluate.every) in a row may be no better than the"
              + " best before the rate falls.");

  /** Returns the usage of a key that only some schedules use. */
  private static Key.Usage usage(String key) {
    List<String> users =
        Schedules.all().stream()
            .filter(schedule -> schedule.uses().contains(key))
            .map(ScheduleFactory::name)
            .toList();
    return new Key.Usage(
        "train.schedule.name = " + String.join(" or ", users),
        config -> users.contains(config.train().schedule().name()));
  }

  private static boolean ascend(List<Float> milestones) {
    for (int i = 1; i < milestones.size(); i++) {
      if (milestones.get(i) <= milestones.get(i - 1)) {
        return false;
      }
    }
    return true;
  }

  static ScheduleConfig read(Values values) {
    ScheduleConfig schedule =
        new ScheduleConfig(
            values.get(NAME),
            values.get(LEARNING_RATE),
            values.get(REFERENCE_BATCH),
            values.get(WARM_UP),
            values.get(MILESTONES),
            values.get(FACTOR),
            values.get(POWER),
            values.get(PATIENCE));
    // Milestones that would have passed before the rate that they lower is reached.
    if (schedule.usesMilestones() && schedule.milestones.get(0) < schedule.warmUp) {
      throw values.refuse(
          MILESTONES,
          "epochs behind the warm-up (train.schedule.warm-up = %s)".formatted(schedule.warmUp));
    }
    return schedule;
  }

  /** Returns the schedule of that name. */
  public ScheduleFactory factory() {
    return Schedules.named(name);
  }

  /** Returns whether the rate falls at the milestones. */
  public boolean usesMilestones() {
    return factory().uses().contains("milestones");
  }

  /** Returns whether validations change the rate, and so the result. */
  public boolean goesByValidations() {
    return factory().goesByValidations();
  }

  /** Returns the highest learning rate of a batch (Goyal et al. 2017, section 2.1). */
  public double learningRate(int batch) {
    return referenceBatch.isEmpty() ? learningRate : learningRate * batch / referenceBatch.get();
  }
}
