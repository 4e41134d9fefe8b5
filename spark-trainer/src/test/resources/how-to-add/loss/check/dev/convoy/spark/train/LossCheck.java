package dev.convoy.spark.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class LossCheck {
  @Test
  void aConfigurationNamesItAndANetworkLearnsWithIt() {
    RunPlan plan = Trial.plan("train.loss.name=squared-error");
    assertEquals("squared-error", plan.loss().name());
    List<Double> losses = Trial.losses(plan.network(), trainer -> trainer.loss(plan.loss()));
    assertTrue(losses.get(losses.size() - 1) < losses.get(0), losses.toString());
  }
}
