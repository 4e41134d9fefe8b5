package dev.convoy.optim;

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
   * Rises linearly over the first {@code warmUp} steps, then follows this schedule from its
   * beginning (Goyal et al. 2017, section 2.2).
   */
  default Schedule after(long warmUp) {
    return step -> step < warmUp ? rate(0) * (step + 1) / (float) warmUp : rate(step - warmUp);
  }
}
