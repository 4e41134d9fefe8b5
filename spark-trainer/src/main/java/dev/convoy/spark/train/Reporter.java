package dev.convoy.spark.train;

import dev.convoy.collective.Collective;
import dev.convoy.spark.telemetry.AttemptBegun;
import dev.convoy.spark.telemetry.RankTime;
import dev.convoy.spark.telemetry.RunEvent;
import dev.convoy.spark.telemetry.SkippedSample;
import dev.convoy.spark.telemetry.Telemetry;
import dev.convoy.spark.telemetry.TrainMetrics;
import dev.convoy.spark.telemetry.ValidationMetrics;
import dev.convoy.train.PhaseTimer;
import dev.convoy.train.Score;
import dev.convoy.train.TimeShares;
import java.io.IOException;
import java.util.List;

/** Tells the driver how training goes; rank 0 alone does. */
final class Reporter {
  private final RunPlan plan;
  private final int attempt;
  private final boolean silent;
  private final int ranks;
  private final RankTimes times;
  private long windowStart = System.nanoTime();
  private long windowSteps;

  Reporter(RunPlan plan, int attempt, Collective collective) {
    this.plan = plan;
    this.attempt = attempt;
    silent = collective.rank() != 0;
    ranks = collective.ranks();
    times = new RankTimes(collective);
  }

  /** Begins to measure, after the given number of steps. */
  void begin(long steps) {
    windowSteps = steps;
    windowStart = System.nanoTime();
  }

  /** Reports what the attempt begins with. */
  void begun(Start start) {
    if (!silent) {
      boolean fromMemory = start instanceof Start.FromMemory;
      Telemetry.send(attempt, new AttemptBegun(start.step(), ranks, fromMemory));
    }
  }

  /**
   * Reports the steps since the last report, of which {@code steps} counts the last one; every rank
   * must call it.
   */
  void training(long steps, float learningRate, Score score, PhaseTimer timer) {
    long elapsed = System.nanoTime() - windowStart;
    TimeShares shares = timer.take(elapsed);
    List<RankTime> ranks = times.gather(shares, elapsed * 1e-6 / (steps - windowSteps));
    windowStart = System.nanoTime();
    windowSteps = steps;
    if (silent) {
      return;
    }
    Telemetry.send(
        attempt,
        new TrainMetrics(
            steps,
            plan.epochs(steps),
            score.loss(),
            score.top1(),
            score.top5(plan.network().classes()),
            score.images() / (elapsed * 1e-9),
            learningRate,
            shares,
            ranks));
  }

  /** Reports a validation that took so many nanoseconds. */
  void validation(long steps, Score score, long nanos) {
    // The time of a validation does not count as training time.
    windowStart = System.nanoTime();
    if (silent) {
      return;
    }
    Telemetry.send(
        attempt,
        new ValidationMetrics(
            steps,
            plan.epochs(steps),
            score.loss(),
            score.top1(),
            score.top5(plan.network().classes()),
            score.images() / (nanos * 1e-9)));
  }

  /** Reports a checkpoint that this rank has published; any thread may call it. */
  void published(long step) {
    event("checkpoint at step " + step);
  }

  /** Reports a checkpoint that was due while the one before was still being written. */
  void skippedCheckpoint(long step) {
    event("no checkpoint at step " + step + ", because the one before is still being written");
  }

  private void event(String text) {
    if (!silent) {
      Telemetry.send(attempt, new RunEvent(text));
    }
  }

  /** Reports a corrupt sample; every rank that meets one does. */
  void skipped(String sentence) {
    Telemetry.send(attempt, new SkippedSample(sentence));
  }

  /** Waits until the driver has heard everything of this rank. */
  void flush() throws IOException {
    Telemetry.flush(attempt);
  }
}
