package dev.convoy.optim;

/** The learning rate of each step. */
@FunctionalInterface
public interface Schedule {
  /** Returns the rate of step {@code step}, counted from 0. */
  float rate(long step);

  /**
   * Returns a schedule that rises linearly over the first {@code warmUp} steps and then follows
   * this one from its beginning (Goyal et al. 2017, section 2.2).
   */
  default Schedule after(long warmUp) {
    return step -> step < warmUp ? rate(0) * (step + 1) / (float) warmUp : rate(step - warmUp);
  }
}
