package dev.convoy.optim;

import java.util.List;

/**
 * A schedule that multiplies the rate by a factor at each milestone (He et al. 2015, section 3.4,
 * divides by 10 twice).
 *
 * @param learningRate the first rate
 * @param factor of each reduction
 * @param milestones steps
 */
public record StepSchedule(double learningRate, double factor, List<Long> milestones)
    implements Schedule {
  static final ScheduleFactory FACTORY =
      ScheduleFactory.of(
          "step",
          "times factor at each milestone",
          List.of("milestones", "factor"),
          its -> new StepSchedule(its.rate(), its.factor(), its.milestones()));

  public StepSchedule {
    milestones = List.copyOf(milestones);
  }

  @Override
  public float rate(long step) {
    long reached = milestones.stream().filter(milestone -> step >= milestone).count();
    return (float) (learningRate * StrictMath.pow(factor, (double) reached));
  }
}
