package dev.convoy.spark.train;

import dev.convoy.data.Dataset;
import dev.convoy.data.augment.AugmentationPipeline;
import dev.convoy.spark.collective.Collective;

/** Scores over all executors: of the step just done, and of the validation data. */
final class ScoreBoard {
  private final Collective collective;
  private final NodeStatistics lastStep;
  private final Evaluator evaluator;
  private final Dataset validation;
  private final AugmentationPipeline pipeline;

  ScoreBoard(
      Collective collective,
      NodeStatistics lastStep,
      Evaluator evaluator,
      Dataset validation,
      AugmentationPipeline pipeline) {
    this.collective = collective;
    this.lastStep = lastStep;
    this.evaluator = evaluator;
    this.validation = validation;
    this.pipeline = pipeline;
  }

  /** Of all virtual nodes of all executors. */
  Score ofLastStep() {
    lastStep.gather(collective);
    return lastStep.total();
  }

  /** Classifies the whole validation data, a part on each executor. */
  void validate(long steps, float[] weights, Reporter reporter) throws Exception {
    long start = System.nanoTime();
    NodeStatistics statistics = evaluator.evaluate(validation, pipeline, weights);
    statistics.gather(collective);
    reporter.validation(steps, statistics.total(), System.nanoTime() - start);
  }
}
