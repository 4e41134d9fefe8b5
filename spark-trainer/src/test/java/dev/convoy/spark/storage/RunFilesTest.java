package dev.convoy.spark.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFilesTest {
  @TempDir java.nio.file.Path folder;

  private void replace(String text) throws IOException {
    Path path = new Path(folder.resolve("run.json").toString());
    FileSystem fs = path.getFileSystem(new Configuration());
    RunFiles.replace(fs, path, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  private List<String> names() throws IOException {
    try (Stream<java.nio.file.Path> files = Files.list(folder)) {
      return files.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aFileIsMadeAndThenReplacedAndNothingLiesBesideIt() throws IOException {
    replace("first");
    assertEquals("first", Files.readString(folder.resolve("run.json")));
    replace("second");
    assertEquals("second", Files.readString(folder.resolve("run.json")));
    assertEquals(List.of("run.json"), names());
  }

  @Test
  void aWriterThatFailsLeavesTheOldContentAndNothingBesideIt() throws IOException {
    replace("first");
    Path path = new Path(folder.resolve("run.json").toString());
    FileSystem fs = path.getFileSystem(new Configuration());
    assertThrows(
        IOException.class,
        () ->
            RunFiles.replace(
                fs,
                path,
                out -> {
                  out.write('s');
                  throw new IOException("the disk is full");
                }));
    assertEquals("first", Files.readString(folder.resolve("run.json")));
    assertEquals(List.of("run.json"), names());
    replace("third");
    assertEquals("third", Files.readString(folder.resolve("run.json")));
  }
}
