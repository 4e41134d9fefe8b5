package dev.convoy.spark.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ScheduleCheck {
  @Test
  void aConfigurationNamesItAndTheRateFalls() {
    RunPlan plan =
        Trial.plan("train.schedule.name=square-root", "train.schedule.learning-rate=0.5");
    assertEquals(0.5f, plan.schedule().rate(0));
    assertEquals(0.05f, plan.schedule().rate(99));
  }
}
