package dev.convoy.spark.bench;

import dev.convoy.kernel.Kernels;
import dev.convoy.loss.Loss;
import dev.convoy.optim.Sgd;
import dev.convoy.train.TimeShares;
import dev.convoy.train.Trainer;
import java.util.ArrayList;
import java.util.List;

/** Runs and times training steps as an executor takes them, without reading data. */
public final class TrainingBench {
  private static final double MOMENTUM = 0.9;
  private static final double WEIGHT_DECAY = 1e-4;

  /** Small, for the images are noise and the loss has to stay finite. */
  private static final float LEARNING_RATE = 1e-3f;

  private TrainingBench() {}

  /** Times the plan's steps. */
  public static Measurement run(BenchPlan plan, Kernels kernels, Loss loss) throws Exception {
    try (Trainer trainer =
        Trainer.of(plan.network())
            .kernels(kernels)
            .loss(loss)
            .optimizer(Sgd.of(MOMENTUM, WEIGHT_DECAY))
            .batchSize(plan.batch())
            .virtualNodes(plan.virtualNodes())
            .threads(plan.threads())
            .batches(new FixedBatches(plan))
            .build()) {
      List<TimeShares> shares = new ArrayList<>();
      Timing timing =
          Timing.of(
              plan.warmUp(),
              plan.timed(),
              step -> {
                trainer.statistics().reset();
                long start = System.nanoTime();
                trainer.step(LEARNING_RATE);
                shares.add(trainer.timer().take(System.nanoTime() - start));
              });
      int timed = timing.millis().length;
      List<TimeShares> last = shares.subList(shares.size() - timed, shares.size());
      return new Measurement(timing, last, trainer.statistics().total().loss());
    }
  }
}
