package dev.convoy.spark.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/** The files that a run leaves, as a program that knows only the contract reads them. */
final class RunOutputs {
  private static final ObjectMapper JSON = new ObjectMapper();

  private RunOutputs() {}

  static JsonNode record(Path run) throws IOException {
    return JSON.readTree(run.resolve("run.json").toFile());
  }

  /** The lines of metrics.jsonl of one phase. */
  static List<JsonNode> metrics(Path run, String phase) throws IOException {
    List<JsonNode> metrics = new ArrayList<>();
    for (String line : Files.readAllLines(run.resolve("metrics.jsonl"))) {
      JsonNode json = JSON.readTree(line);
      if (json.path("phase").asText().equals(phase)) {
        metrics.add(json);
      }
    }
    return metrics;
  }

  /** Holds that training told of every {@code every} steps, in order, each once. */
  static void assertEachStepOnce(Path run, long steps, long every) throws IOException {
    assertEachStepOnce(run, steps, every, Set.of());
  }

  /**
   * Holds the same of a run that went on from memory, which may be silent of the very steps at
   * which it did.
   */
  static void assertEachStepOnce(Path run, long steps, long every, Set<Long> recovered)
      throws IOException {
    List<Long> told =
        metrics(run, "train").stream().map(json -> json.path("step").asLong()).toList();
    List<Long> expected =
        LongStream.rangeClosed(1, steps / every)
            .map(line -> line * every)
            .filter(step -> told.contains(step) || !recovered.contains(step))
            .boxed()
            .toList();
    assertEquals(expected, told);
  }
}
