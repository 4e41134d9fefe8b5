package dev.convoy.spark.it.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether metrics.jsonl tells of each step once, in order. */
final class EachStep {
  private EachStep() {}

  /** Returns a sentence on the first step that is not where it should be. */
  static Optional<String> missing(Path metrics, long steps) throws IOException {
    List<String> lines;
    try (Stream<String> all = Files.lines(metrics)) {
      lines = all.filter(line -> line.endsWith("\"phase\":\"train\"}")).toList();
    }
    for (int i = 0; i < Math.max(lines.size(), steps); i++) {
      if (i >= lines.size() || !lines.get(i).startsWith("{\"step\":" + (i + 1) + ",")) {
        return Optional.of(
            "metrics.jsonl does not have step " + (i + 1) + " of " + steps + " in its place");
      }
    }
    return Optional.empty();
  }
}
