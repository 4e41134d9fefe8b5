package dev.convoy.spark.bench;

import dev.convoy.concurrent.Workers;
import dev.convoy.kernel.Kernels;
import dev.convoy.loss.Loss;
import dev.convoy.nn.Replica;
import dev.convoy.optim.Sgd;
import dev.convoy.spark.collective.Collective;
import dev.convoy.spark.collective.MeshOptions;
import dev.convoy.spark.sync.AllReduce;
import dev.convoy.spark.telemetry.PhaseTimer;
import dev.convoy.spark.telemetry.TimeShares;
import java.util.Arrays;

/** Runs and times the steps: what an executor does that is alone, without reading data. */
public final class TrainingBench {
  private static final float MOMENTUM = 0.9f;
  private static final float WEIGHT_DECAY = 1e-4f;

  /** Small, for the images are noise and the loss has to stay finite. */
  private static final float LEARNING_RATE = 1e-3f;

  private TrainingBench() {}

  /** Times the plan's steps. */
  public static Measurement run(BenchPlan plan, Kernels kernels, Loss loss) throws Exception {
    PhaseTimer timer = new PhaseTimer(plan.threads());
    Replica[] replicas = new Replica[plan.threads()];
    Arrays.setAll(replicas, i -> Replica.training(plan.network(), kernels, plan.microbatch()));
    FixedBatch batch = new FixedBatch(plan, replicas, loss, timer);
    int length = plan.network().vectorLength();
    try (Workers workers = new Workers(plan.threads());
        Collective alone = Collective.open(MeshOptions.alone(), length, plan.virtualNodes())) {
      AllReduce training =
          new AllReduce(
              alone,
              new Sgd(MOMENTUM, WEIGHT_DECAY),
              workers,
              timer,
              plan.network().initialWeights(1));
      for (int step = 0; step < plan.warmUp(); step++) {
        training.step(step, LEARNING_RATE, batch);
      }
      timer.take(1);
      double[] millis = new double[plan.steps()];
      TimeShares[] shares = new TimeShares[plan.steps()];
      CpuTime begin = CpuTime.now();
      for (int i = 0; i < plan.steps(); i++) {
        long start = System.nanoTime();
        training.step(plan.warmUp() + i, LEARNING_RATE, batch);
        long nanos = System.nanoTime() - start;
        millis[i] = nanos / 1e6;
        shares[i] = timer.take(nanos);
      }
      double others = CpuTime.now().othersSince(begin);
      return new Measurement(millis, shares, batch.loss(), others);
    }
  }
}
