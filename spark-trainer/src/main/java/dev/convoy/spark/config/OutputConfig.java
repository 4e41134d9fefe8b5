package dev.convoy.spark.config;

import java.time.Duration;

/**
 * Section {@code output}.
 *
 * @param progressEvery time between two progress lines
 */
public record OutputConfig(Duration progressEvery) {
  static OutputConfig read(ConfigReader reader) {
    return new OutputConfig(reader.duration("output.progress-every"));
  }
}
