package dev.convoy.optim;

import dev.convoy.registry.Registry;
import java.util.List;

/** The list of schedules: a new one is one file and one line here. */
public final class Schedules {
  private static final List<ScheduleFactory> ALL =
      List.of(
          CosineSchedule.FACTORY,
          ConstantSchedule.FACTORY,
          StepSchedule.FACTORY,
          PolynomialSchedule.FACTORY,
          Plateau.FACTORY);

  private static final Registry<ScheduleFactory> REGISTRY =
      new Registry<>(
          "the schedule %s is unknown", IllegalArgumentException::new, ScheduleFactory::name, ALL);

  /**
   * The settings of schedules.
   *
   * @param rate the highest learning rate
   * @param steps of the whole course
   * @param milestones steps at which the rate falls, ascending
   * @param factor of each reduction
   * @param power of the remaining share of the steps
   * @param patience validations without improvement that are tolerated
   */
  public record Settings(
      double rate, long steps, List<Long> milestones, double factor, double power, int patience) {
    public Settings {
      milestones = List.copyOf(milestones);
    }
  }

  private Schedules() {}

  /** Returns all schedules. */
  public static List<ScheduleFactory> all() {
    return ALL;
  }

  /** Returns the values of {@code train.schedule.name}. */
  public static List<String> names() {
    return REGISTRY.names();
  }

  /**
   * Returns the schedule of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static ScheduleFactory named(String name) {
    return REGISTRY.named(name);
  }
}
