package dev.convoy.optim;

import java.util.List;

/**
 * A rate divided by the square root of the step, counted from 1 (Zinkevich 2003, theorem 1).
 *
 * @param learningRate the first rate
 */
public record SquareRootSchedule(double learningRate) implements Schedule {
  static final ScheduleFactory FACTORY =
      ScheduleFactory.of(
          "square-root",
          "divided by the square root of the step",
          List.of(),
          its -> new SquareRootSchedule(its.rate()));

  @Override
  public float rate(long step) {
    return (float) (learningRate / StrictMath.sqrt(step + 1.0));
  }
}
