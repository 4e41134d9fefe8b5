package dev.convoy.spark.bench;

import dev.convoy.collective.Collective;
import dev.convoy.collective.transport.MeshOptions;
import dev.convoy.concurrent.ThreadTeam;
import dev.convoy.kernel.Kernels;
import dev.convoy.loss.Loss;
import dev.convoy.nn.Replica;
import dev.convoy.optim.Optimizer;
import dev.convoy.optim.Optimizers;
import dev.convoy.optim.ParameterRange;
import dev.convoy.train.AllReduce;
import dev.convoy.train.BatchGradients;
import dev.convoy.train.PhaseTimer;
import dev.convoy.train.TimeShares;
import java.util.ArrayList;
import java.util.List;

/** Runs and times the steps: what an executor does that is alone, without reading data. */
public final class TrainingBench {
  private static final double MOMENTUM = 0.9;
  private static final double WEIGHT_DECAY = 1e-4;

  /** Small, for the images are noise and the loss has to stay finite. */
  private static final float LEARNING_RATE = 1e-3f;

  private TrainingBench() {}

  /** Times the plan's steps. */
  public static Measurement run(BenchPlan plan, Kernels kernels, Loss loss) throws Exception {
    PhaseTimer timer = new PhaseTimer();
    int length = plan.network().vectorLength();
    float[] losses = new float[plan.virtualNodes()];
    Replica replica = Replica.training(plan.network(), kernels, plan.batch(), plan.threads());
    BatchGradients gradients =
        new BatchGradients(
            replica,
            plan.microbatch(),
            plan.threads(),
            new FixedBatches(plan),
            loss,
            (node, mean, images, logits, labels) -> losses[node] = mean,
            timer);
    Optimizer optimizer =
        Optimizers.of(
            "sgd",
            Optimizers.Settings.of(MOMENTUM, WEIGHT_DECAY),
            ParameterRange.of(plan.network()));
    float[] weights = plan.network().initialWeights(1);
    try (ThreadTeam team = new ThreadTeam(plan.threads());
        Collective alone = Collective.open(MeshOptions.singleRank(), length, plan.virtualNodes())) {
      AllReduce training = new AllReduce(alone, optimizer, team, timer, weights, gradients);
      List<TimeShares> shares = new ArrayList<>();
      Timing timing =
          Timing.of(
              plan.warmUp(),
              plan.timed(),
              step -> {
                long start = System.nanoTime();
                training.step(step, LEARNING_RATE);
                shares.add(timer.take(System.nanoTime() - start));
              });
      int timed = timing.millis().length;
      List<TimeShares> last = shares.subList(shares.size() - timed, shares.size());
      return new Measurement(timing, last, mean(losses));
    }
  }

  private static double mean(float[] losses) {
    double sum = 0;
    for (float each : losses) {
      sum += each;
    }
    return sum / losses.length;
  }
}
