package dev.convoy.spark.howto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * CONTRIBUTING.md's table "How to add …": each kind of thing has an addition in the test resources,
 * which takes as many files and lines as the table says and works.
 */
class HowToAddTest {
  private static final Path TABLE = Path.of("../CONTRIBUTING.md");

  static Stream<Addition> additions() throws IOException {
    return Addition.all().stream();
  }

  @Test
  void theTableSaysHowManyFilesAndLinesEachKindTakes() throws IOException {
    Map<String, String> counted = new TreeMap<>();
    for (Addition addition : Addition.all()) {
      counted.put(addition.name(), addition.code() + ", " + addition.testsAndDocuments());
    }
    assertEquals(lines(counted), lines(table()));
  }

  @ParameterizedTest
  @MethodSource("additions")
  void theAdditionFitsTheSources(Addition addition) throws IOException {
    for (Patch.Edit edit : addition.edits()) {
      assertTrue(edit.lines() < Patch.apply(edit, Path.of("..")).size());
    }
    for (Path file : addition.newFiles()) {
      assertFalse(Files.exists(Path.of("..").resolve(file.toString())), file + " is not new");
    }
  }

  /** Takes two minutes, for each addition has a compiler and a process of its own. */
  @Tag("long")
  @ParameterizedTest
  @MethodSource("additions")
  void theAdditionCompilesAndWorks(Addition addition, @TempDir Path folder) throws Exception {
    Workshop workshop = new Workshop(folder);
    workshop.add(addition);
    workshop.run(addition.tests());
  }

  /** The last two columns by the first one, written as a folder's name. */
  private static Map<String, String> table() throws IOException {
    Map<String, String> rows = new TreeMap<>();
    Files.readAllLines(TABLE).stream()
        .dropWhile(line -> !line.startsWith("| a new … |"))
        .takeWhile(line -> line.startsWith("|"))
        .skip(2)
        .forEach(
            line -> {
              List<String> cells = Arrays.stream(line.split("\\|")).map(String::strip).toList();
              String kind = cells.get(1).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
              rows.put(kind, cells.get(cells.size() - 2) + ", " + cells.get(cells.size() - 1));
            });
    return rows;
  }

  private static String lines(Map<String, String> counts) {
    StringBuilder lines = new StringBuilder();
    counts.forEach((kind, count) -> lines.append(kind).append(": ").append(count).append('\n'));
    return lines.toString();
  }
}
