package dev.convoy.spark.config;

import static dev.convoy.spark.config.DefinesResult.NO;

import java.time.Duration;
import java.util.Optional;

/**
 * Section {@code checkpoint}.
 *
 * @param every span between two checkpoints; empty for never
 * @param keep how many of the newest checkpoints are kept, at least 1
 * @param timeout how long one may take to be written
 */
public record CheckpointConfig(Optional<Span> every, int keep, Duration timeout) {
  static final Section SECTION = new Section("checkpoint");

  private static final Key<Optional<Span>> EVERY =
      SECTION.key(
          "every",
          Types.every("a value like \"1 epoch\", \"1000 steps\" or \"never\"", span -> true),
          "\"1 epoch\"",
          NO,
          "When to save a checkpoint.");

  private static final Key<Integer> KEEP =
      SECTION.key(
          "keep",
          Types.wholeNumber(1),
          "3",
          NO,
          new Key.Usage("checkpoint.every", config -> config.checkpoint().every().isPresent()),
          "How many of the newest checkpoints to keep.");

  private static final Key<Duration> TIMEOUT =
      SECTION.key(
          "timeout",
          Types.duration(),
          "10m",
          NO,
          new Key.Usage("checkpoint.every", config -> config.checkpoint().every().isPresent()),
          "How long a checkpoint may take to be written, beside the training; a store that is away"
              + " for longer fails the run.");

  static CheckpointConfig read(Values values) {
    return new CheckpointConfig(values.get(EVERY), values.get(KEEP), values.get(TIMEOUT));
  }
}
