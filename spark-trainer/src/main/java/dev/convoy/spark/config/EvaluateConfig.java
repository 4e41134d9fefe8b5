package dev.convoy.spark.config;

import java.util.Optional;

/**
 * Section {@code evaluate}.
 *
 * @param every epochs between two validations while training; empty for never
 * @param batchSize images that a virtual node takes at a time, at most
 * @param crops over which {@code convoy evaluate} averages, as {@link
 *     dev.convoy.data.augment.MultiCrop} reads it
 */
public record EvaluateConfig(Optional<Span.Epochs> every, int batchSize, String crops) {
  static EvaluateConfig read(ConfigReader reader) {
    String allowed = "like \"1 epoch\", \"5 epochs\" or \"never\"";
    Optional<Span> every =
        reader.every("evaluate.every", allowed, span -> span instanceof Span.Epochs);
    return new EvaluateConfig(
        every.map(Span.Epochs.class::cast),
        reader.integer("evaluate.batch-size", 1),
        reader.text("evaluate.crops", "one, ten or grid N"));
  }
}
