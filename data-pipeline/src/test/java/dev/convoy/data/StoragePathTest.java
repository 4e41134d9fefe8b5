package dev.convoy.data;

import static dev.convoy.data.DataAssertions.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoragePathTest {
  private static final Configuration HADOOP = new Configuration();

  @TempDir private java.nio.file.Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "12:30:00",
        "a:b",
        "data:set",
        "model:v1.onnx",
        "C:\\data",
        "a#b",
        "a?b",
        "a%20b",
        "a b",
        "*",
        "[x]{y,z}",
        "back\\slash",
        "ü日本",
        "~x",
        "-o",
        "x=y"
      })
  void aNameIsThatOfTheFile(String name) throws IOException {
    Path path = StoragePath.child(StoragePath.of(folder.toString()), name);
    FileSystem files = StoragePath.fileSystem(path, HADOOP);
    try (var out = files.create(path)) {
      out.write(7);
    }
    assertArrayEquals(new byte[] {7}, Files.readAllBytes(folder.resolve(name)));
    // As another process is told of it.
    String qualified = files.makeQualified(path).toString();
    try (var in = files.open(StoragePath.of(qualified))) {
      assertEquals(7, in.read());
    }
    // As a user in the folder names it.
    Path relative = StoragePath.of(name);
    assertEquals(
        java.nio.file.Path.of("").toAbsolutePath().resolve(name).toString(),
        StoragePath.fileSystem(relative, HADOOP).makeQualified(relative).toUri().getPath());
    DataFolder inIt = DataFolder.at(HADOOP, folder.toString());
    assertEquals(true, inIt.has(name));
  }

  @ParameterizedTest
  @CsvSource({
    "hdfs://host:8020/a:b, hdfs://host:8020/a:b",
    "s3a://bucket/x#y, s3a://bucket/x#y",
    "file:/a/b, file:/a/b",
    "file:///a/b/, file:/a/b",
    "/a/b/../c:d, /a/c:d",
    "./a:b, ./a:b",
    "x/y:z/, x/y:z"
  })
  void aUriIsOneAndAPathIsOne(String text, String path) {
    assertEquals(path, StoragePath.of(text).toString());
  }

  @Test
  void aRelativePathMayBeCalledAFile() {
    assertEquals(
        "file:" + java.nio.file.Path.of("").toAbsolutePath().resolve("a:b"),
        StoragePath.of("file:a:b").toString());
  }

  @Test
  void whatNobodyCanMeanIsRefused() {
    assertRefused(() -> StoragePath.of(" "), "a path is empty");
    assertRefused(() -> StoragePath.of("a\nb"), "control character U+000A");
    assertRefused(() -> StoragePath.of("a\0b"), "control character U+0000");
    assertRefused(() -> StoragePath.of("~/data"), "write $HOME");
    assertRefused(
        () -> StoragePath.fileSystem(StoragePath.of("data:/set"), HADOOP),
        "the scheme data",
        "./data:/set");
  }
}
