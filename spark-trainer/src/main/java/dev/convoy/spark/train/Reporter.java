package dev.convoy.spark.train;

import dev.convoy.spark.telemetry.RunEvent;
import dev.convoy.spark.telemetry.SkippedSample;
import dev.convoy.spark.telemetry.Telemetry;
import dev.convoy.spark.telemetry.TrainMetrics;
import dev.convoy.spark.telemetry.ValidationMetrics;
import dev.convoy.train.PhaseTimer;
import dev.convoy.train.Score;
import java.io.IOException;

/** Tells the driver how training goes; rank 0 alone does. */
final class Reporter {
  private final RunPlan plan;
  private final int attempt;
  private final boolean silent;
  private long windowStart = System.nanoTime();

  Reporter(RunPlan plan, int attempt, int rank) {
    this.plan = plan;
    this.attempt = attempt;
    silent = rank != 0;
  }

  /** Reports the steps since the last report, of which {@code steps} counts the last one. */
  void training(long steps, float learningRate, Score score, PhaseTimer timer) {
    if (silent) {
      return;
    }
    long elapsed = System.nanoTime() - windowStart;
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
            timer.take(elapsed)));
    windowStart = System.nanoTime();
  }

  /** Reports a validation that took so many nanoseconds. */
  void validation(long steps, Score score, long nanos) {
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
    // The time of a validation does not count as training time.
    windowStart = System.nanoTime();
  }

  void event(String text) {
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
