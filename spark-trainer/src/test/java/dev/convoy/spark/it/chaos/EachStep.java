package dev.convoy.spark.it.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whether metrics.jsonl tells of each step once, in order. */
final class EachStep {
  private static final Pattern TRAINED =
      Pattern.compile("\\{\"step\":(\\d+),.*\"phase\":\"train\"}");

  private EachStep() {}

  /** Returns how many of the steps are missing; -1 if one comes after a later one, or twice. */
  static long missing(Path metrics, long steps) throws IOException {
    List<Long> told;
    try (Stream<String> all = Files.lines(metrics)) {
      told =
          all.map(TRAINED::matcher)
              .filter(Matcher::matches)
              .map(line -> Long.parseLong(line.group(1)))
              .toList();
    }
    for (int i = 1; i < told.size(); i++) {
      if (told.get(i) <= told.get(i - 1)) {
        return -1;
      }
    }
    return steps - told.size();
  }
}
