package dev.convoy.optim;

import java.util.List;

/**
 * A schedule that decays to zero as {@code rate * (1 - step/steps)^power}, linearly if the power is
 * 1 (Caffe's "poly"; Szegedy et al. 2014 and You et al. 2017 use it).
 *
 * @param learningRate the first rate
 * @param power of the remaining share of the steps
 * @param steps after which it is zero
 */
public record PolynomialSchedule(double learningRate, double power, long steps)
    implements Schedule {
  static final ScheduleFactory FACTORY =
      ScheduleFactory.of(
          "polynomial",
          "learning rate * (1 - progress)^power",
          List.of("power"),
          its -> new PolynomialSchedule(its.rate(), its.power(), its.steps()));

  @Override
  public float rate(long step) {
    double done = Math.min(step, steps) / (double) steps;
    return (float) (learningRate * StrictMath.pow(1 - done, power));
  }
}
