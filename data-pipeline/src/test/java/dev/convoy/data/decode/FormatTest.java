package dev.convoy.data.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FormatTest {
  @Test
  void theDocumentationHasARowForEach() throws IOException {
    List<String> rows =
        Files.readAllLines(Path.of("../docs/data-formats.md")).stream()
            .dropWhile(line -> !line.startsWith("| format | what is read |"))
            .takeWhile(line -> line.startsWith("|"))
            .skip(2)
            .map(line -> line.split("\\|", -1)[1].strip())
            .toList();
    assertEquals(Arrays.stream(Format.values()).map(Format::name).toList(), rows);
  }
}
