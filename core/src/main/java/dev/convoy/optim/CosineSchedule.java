package dev.convoy.optim;

import java.util.List;

/**
 * A schedule that decays along half a cosine to zero (Loshchilov and Hutter 2017, equation 5,
 * without restarts).
 *
 * @param learningRate the first rate
 * @param steps after which it is zero
 */
public record CosineSchedule(double learningRate, long steps) implements Schedule {
  static final ScheduleFactory FACTORY =
      ScheduleFactory.of(
          "cosine",
          "to zero along half a cosine",
          List.of(),
          its -> new CosineSchedule(its.rate(), its.steps()));

  @Override
  public float rate(long step) {
    double angle = StrictMath.PI * Math.min(step, steps) / steps;
    return (float) (learningRate * 0.5 * (1 + StrictMath.cos(angle)));
  }
}
