package dev.convoy.spark.config;

import java.time.Duration;

/**
 * Section {@code output}.
 *
 * @param progressEvery time between two progress lines
 * @param metricsEvery steps that make one line of metrics.jsonl, at least 1
 */
public record OutputConfig(Duration progressEvery, int metricsEvery) {
  static OutputConfig read(ConfigReader reader) {
    return new OutputConfig(
        reader.duration("output.progress-every"), reader.integer("output.metrics-every", 1));
  }
}
