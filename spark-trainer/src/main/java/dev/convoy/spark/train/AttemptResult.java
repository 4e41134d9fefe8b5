package dev.convoy.spark.train;

import java.util.List;

/**
 * How an attempt ended, as rank 0 tells the driver. It travels as a line of text, which needs no
 * registration with Spark's serializer.
 *
 * @param ending how
 * @param detail the weights' SHA-256 if done; a {@link Divergence} if diverged; a sentence if
 *     refused
 */
record AttemptResult(Ending ending, String detail) {
  enum Ending {
    /** Trained to the end. */
    DONE,
    /** The loss or a weight became infinite or no number. */
    DIVERGED,
    /** An executor cannot do what the configuration asks; trying again would not help. */
    REFUSED
  }

  String encode() {
    return ending + " " + detail;
  }

  /** From what all ranks returned: a refusal of any, else what rank 0 says. */
  static AttemptResult of(List<String> encoded) {
    List<AttemptResult> results = encoded.stream().map(AttemptResult::decode).toList();
    return results.stream()
        .filter(result -> result.ending == Ending.REFUSED)
        .findFirst()
        .orElse(results.get(0));
  }

  private static AttemptResult decode(String encoded) {
    int space = encoded.indexOf(' ');
    return new AttemptResult(
        Ending.valueOf(encoded.substring(0, space)), encoded.substring(space + 1));
  }
}
