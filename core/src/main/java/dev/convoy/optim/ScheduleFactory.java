package dev.convoy.optim;

import java.util.List;
import java.util.function.Function;

/**
 * A schedule by its name; {@link Schedules} lists them.
 *
 * @param name in {@code train.schedule.name}
 * @param summary what it does, in a few words
 * @param uses keys of {@code train.schedule} that this schedule needs beside the learning rate
 * @param schedule the rate of each step
 * @param plateau what lowers that rate according to the validations
 * @param goesByValidations whether it ever does
 */
public record ScheduleFactory(
    String name,
    String summary,
    List<String> uses,
    Function<Schedules.Settings, Schedule> schedule,
    Function<Schedules.Settings, Plateau> plateau,
    boolean goesByValidations) {

  public ScheduleFactory {
    uses = List.copyOf(uses);
  }

  /** Returns the factory of a schedule that depends on the step alone. */
  public static ScheduleFactory of(
      String name,
      String summary,
      List<String> uses,
      Function<Schedules.Settings, Schedule> schedule) {
    return new ScheduleFactory(name, summary, uses, schedule, settings -> Plateau.never(), false);
  }
}
