package dev.convoy.data.prepare;

import static dev.convoy.data.DataAssertions.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.data.source.SourceFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SourceFormatsTest {
  @Test
  void theDocumentationHasARowForEach() throws IOException {
    List<String> rows =
        Files.readAllLines(Path.of("../docs/data-formats.md")).stream()
            .dropWhile(line -> !line.startsWith("| FORMAT |"))
            .takeWhile(line -> line.startsWith("|"))
            .skip(2)
            .map(line -> line.split("`", 3)[1])
            .toList();
    assertEquals(SourceFormats.all().stream().map(SourceFormat::name).toList(), rows);
  }

  @Test
  void anUnknownOneIsRefusedWithAllThatThereAre() {
    assertRefused(
        () -> SourceFormats.named("lmdb"),
        SourceFormats.all().stream()
            .map(SourceFormat::name)
            .collect(
                Collectors.joining(
                    ", ", "the format 'lmdb' cannot be prepared; allowed are ", "")));
  }
}
