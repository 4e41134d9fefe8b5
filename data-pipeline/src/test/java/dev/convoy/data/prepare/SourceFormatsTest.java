package dev.convoy.data.prepare;

import static dev.convoy.data.DataAssertions.assertRefused;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.data.source.SourceFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SourceFormatsTest {
  @Test
  void theDocumentationHasARowForEach() throws IOException {
    String documentation = Files.readString(Path.of("../docs/data-formats.md"));
    for (SourceFormat format : SourceFormats.all()) {
      assertTrue(documentation.contains("| `" + format.name() + "` | "), format.name());
    }
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
