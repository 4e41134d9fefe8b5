package dev.convoy.spark.config;

import static dev.convoy.spark.config.DefinesResult.NO;

import java.time.Duration;

/**
 * Section {@code output}.
 *
 * @param progressEvery time between two progress lines
 * @param metricsEvery steps that make one line of metrics.jsonl, at least 1
 */
public record OutputConfig(Duration progressEvery, int metricsEvery) {
  static final Section SECTION = new Section("output");

  private static final Key<Duration> PROGRESS_EVERY =
      SECTION.key("progress-every", Types.duration(), "2s", NO, "Time between two progress lines.");

  private static final Key<Integer> METRICS_EVERY =
      SECTION.key(
          "metrics-every",
          Types.wholeNumber(1),
          "10",
          NO,
          "Steps whose mean makes one line of metrics.jsonl and one point of TensorBoard. Divergence"
              + " is noticed that often, too.");

  static OutputConfig read(Values values) {
    return new OutputConfig(values.get(PROGRESS_EVERY), values.get(METRICS_EVERY));
  }
}
