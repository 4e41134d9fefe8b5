package dev.convoy.optim;

import java.util.List;

/** The learning rate of each step. */
@FunctionalInterface
public interface Schedule {
  /** The rate of step {@code step}, counted from 0. */
  float rate(long step);

  /** The same rate always. */
  static Schedule constant(double rate) {
    return step -> (float) rate;
  }

  /**
   * Half a cosine from {@code rate} to zero over {@code steps} (Loshchilov and Hutter 2017,
   * equation 5, without restarts).
   */
  static Schedule cosine(double rate, long steps) {
    return step ->
        (float) (rate * 0.5 * (1 + StrictMath.cos(StrictMath.PI * Math.min(step, steps) / steps)));
  }

  /**
   * {@code rate} times {@code factor} for each milestone that is reached (He et al. 2015, section
   * 3.4, divides by 10 twice).
   *
   * @param milestones steps
   */
  static Schedule steps(double rate, double factor, List<Long> milestones) {
    return step -> {
      long reached = milestones.stream().filter(milestone -> step >= milestone).count();
      return (float) (rate * StrictMath.pow(factor, (double) reached));
    };
  }

  /**
   * {@code rate * (1 - step/steps)^power}: from {@code rate} to zero, along a line if the power is
   * 1 (Caffe's "poly"; Szegedy et al. 2014 and You et al. 2017 use it).
   */
  static Schedule polynomial(double rate, double power, long steps) {
    return step ->
        (float) (rate * StrictMath.pow(1 - Math.min(step, steps) / (double) steps, power));
  }

  /**
   * Rises linearly over the first {@code warmUp} steps, then follows this schedule from its
   * beginning (Goyal et al. 2017, section 2.2).
   */
  default Schedule after(long warmUp) {
    return step -> step < warmUp ? rate(0) * (step + 1) / (float) warmUp : rate(step - warmUp);
  }
}
