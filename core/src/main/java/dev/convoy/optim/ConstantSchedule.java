package dev.convoy.optim;

import java.util.List;

/**
 * A schedule with the same rate in every step.
 *
 * @param learningRate the rate
 */
public record ConstantSchedule(double learningRate) implements Schedule {
  static final ScheduleFactory FACTORY =
      ScheduleFactory.of(
          "constant", "always the same", List.of(), its -> new ConstantSchedule(its.rate()));

  @Override
  public float rate(long step) {
    return (float) learningRate;
  }
}
