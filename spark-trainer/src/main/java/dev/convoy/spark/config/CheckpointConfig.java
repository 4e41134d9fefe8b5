package dev.convoy.spark.config;

import java.util.Optional;

/**
 * Section {@code checkpoint}.
 *
 * @param every span between two checkpoints; empty for never
 * @param keep how many of the newest checkpoints are kept, at least 1
 */
public record CheckpointConfig(Optional<Span> every, int keep) {
  static CheckpointConfig read(ConfigReader reader) {
    String allowed = "like \"1 epoch\", \"1000 steps\" or \"never\"";
    return new CheckpointConfig(
        reader.every("checkpoint.every", allowed, span -> true),
        reader.integer("checkpoint.keep", 1));
  }
}
