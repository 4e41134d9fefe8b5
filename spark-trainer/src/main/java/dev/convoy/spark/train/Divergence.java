package dev.convoy.spark.train;

import dev.convoy.spark.telemetry.RunRecord;
import java.util.Locale;

/**
 * The step, and the tensor, at which training diverged.
 *
 * @param step the first one after which it was noticed
 * @param what is not finite, for people: {@code the loss}
 * @param tensor the first one with such a value, in the network's order; empty if it is none of
 *     these
 */
public record Divergence(long step, String what, String tensor) {
  static Divergence ofLoss(long step) {
    return new Divergence(step, "the loss", "");
  }

  static Divergence ofValidation(long step) {
    return new Divergence(step, "the validation loss", "");
  }

  static Divergence ofWeights(String tensor, long step) {
    return new Divergence(step, "the tensor " + tensor, tensor);
  }

  static Divergence ofOptimizer(long step) {
    return new Divergence(step, "the optimizer's state", "");
  }

  /** Returns one sentence. */
  String sentence() {
    return String.format(Locale.ROOT, "%s is no longer finite at step %d", what, step);
  }

  /** Returns the divergence as {@code run.json} says it. */
  RunRecord.End end() {
    return new RunRecord.End(sentence(), step, tensor.isEmpty() ? null : tensor);
  }
}
