package dev.convoy.spark.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.optim.Optimizers;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptimizerCheck {
  @Test
  void aConfigurationNamesItAndANetworkLearnsWithIt() {
    RunPlan plan = Trial.plan("train.optimizer.name=sign-sgd");
    assertEquals("sign-sgd", plan.optimizer().name());
    var settings = plan.config().train().optimizer().settings();
    List<Double> losses =
        Trial.losses(
            plan.network(),
            trainer ->
                trainer.optimizer(
                    ranges -> Optimizers.of(plan.optimizer().name(), settings, ranges)));
    assertTrue(losses.get(losses.size() - 1) < losses.get(0), losses.toString());
  }
}
