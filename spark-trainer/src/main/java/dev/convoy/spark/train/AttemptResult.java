package dev.convoy.spark.train;

import java.util.List;

/** How an attempt ended, as each rank tells the driver. */
public sealed interface AttemptResult {
  /**
   * Trained to the end.
   *
   * @param digest SHA-256 of the weights; empty on ranks that do not write them
   */
  record Done(String digest) implements AttemptResult {}

  /** The loss or a weight became infinite or no number. */
  record Diverged(Divergence divergence) implements AttemptResult {}

  /** An executor cannot do what the configuration asks; trying again would not help. */
  record Refused(String sentence) implements AttemptResult {}

  /** Combines what all ranks returned: a refusal of any, else what rank 0 says. */
  static AttemptResult of(List<AttemptResult> ofRanks) {
    return ofRanks.stream()
        .filter(result -> result instanceof Refused)
        .findFirst()
        .orElse(ofRanks.get(0));
  }
}
