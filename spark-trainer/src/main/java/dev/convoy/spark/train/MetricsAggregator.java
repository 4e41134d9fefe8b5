package dev.convoy.spark.train;

import dev.convoy.collective.Collective;
import dev.convoy.train.Score;
import dev.convoy.train.VirtualNodeStatistics;

/** Scores over all executors: of the newest training steps, and of the validation data. */
final class MetricsAggregator {
  private final Collective collective;
  private final VirtualNodeStatistics training;
  private final DatasetEvaluator evaluator;

  MetricsAggregator(
      Collective collective, VirtualNodeStatistics training, DatasetEvaluator evaluator) {
    this.collective = collective;
    this.training = training;
    this.evaluator = evaluator;
  }

  /**
   * Returns the score of all virtual nodes of all executors since the last call. It costs an
   * exchange, whose latency a small network would feel in every step.
   */
  Score sinceLastAsked() {
    training.gather(collective);
    Score score = training.total();
    training.reset();
    return score;
  }

  /** Classifies the whole validation data, a part on each executor. */
  Score validate(long steps, float[] weights, Reporter reporter) throws Exception {
    long start = System.nanoTime();
    VirtualNodeStatistics statistics = evaluator.evaluate(weights);
    statistics.gather(collective);
    Score score = statistics.total();
    // JSON cannot express values that are not finite.
    if (score.finite()) {
      reporter.validation(steps, score, System.nanoTime() - start);
    }
    return score;
  }
}
