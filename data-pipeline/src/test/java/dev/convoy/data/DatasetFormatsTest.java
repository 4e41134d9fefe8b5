package dev.convoy.data;

import static dev.convoy.data.DataAssertions.assertRefused;
import static dev.convoy.data.DataAssertions.assertSameSamples;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.data.idx.IdxFormat;
import dev.convoy.data.prepare.Preparations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of every format on the list. */
class DatasetFormatsTest {
  private static final Configuration HADOOP = new Configuration();

  @TempDir private Path temp;

  static Stream<DatasetFormat> formats() {
    return DatasetFormats.all().stream();
  }

  /** The same samples, stored in that format. */
  private String stored(DatasetFormat format) throws IOException {
    String idx = IdxFiles.folder(temp.resolve("idx"), 23, 7).toString();
    return switch (format.name()) {
      case "idx" -> idx;
      case "shards" -> {
        String shards = temp.resolve("shards").toUri().toString();
        Preparations.run(Preparations.options("mnist", idx, shards, 3));
        yield shards;
      }
      default -> throw new IllegalStateException("say here how to store " + format.name());
    };
  }

  @ParameterizedTest
  @MethodSource("formats")
  void theSameSamplesComeInTheSameOrder(DatasetFormat format) throws IOException {
    String uri = stored(format);
    for (Split split : Split.values()) {
      try (Dataset expected = new IdxFormat().open(HADOOP, temp.resolve("idx").toString(), split);
          Dataset actual = format.open(HADOOP, uri, split)) {
        assertSameSamples(expected, actual);
        assertEquals(10, actual.classes());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void manyThreadsReadAtOnce(DatasetFormat format) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (Dataset dataset = format.open(HADOOP, stored(format), Split.TRAIN)) {
      List<Future<String>> digests = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        digests.add(threads.submit(() -> ContentDigest.of(dataset)));
      }
      for (Future<String> digest : digests) {
        assertEquals(dataset.fingerprint(), digest.get());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void anIndexOutsideTheDatasetIsRefused(DatasetFormat format) throws IOException {
    try (Dataset dataset = format.open(HADOOP, stored(format), Split.TRAIN)) {
      assertThrows(IndexOutOfBoundsException.class, () -> dataset.read(-1, new Sample()));
      assertThrows(IndexOutOfBoundsException.class, () -> dataset.read(23, new Sample()));
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void aFolderThatIsNotThereIsNamed(DatasetFormat format) throws IOException {
    String missing = temp.resolve("missing").toString();
    assertRefused(
        () -> format.open(HADOOP, missing, Split.TRAIN), "there is no data folder", missing);
    Path file = Files.writeString(temp.resolve("file"), "x");
    assertRefused(() -> format.open(HADOOP, file.toString(), Split.TRAIN), "is a file");
    assertRefused(() -> format.open(HADOOP, "odd://host/x", Split.TRAIN), "odd://host/x");
    assertRefused(() -> format.open(HADOOP, "", Split.TRAIN), "a path is empty");
  }

  @ParameterizedTest
  @EnumSource(Split.class)
  void anEmptyFolderIsRefusedByEveryFormat(Split split) {
    for (DatasetFormat format : DatasetFormats.all()) {
      assertRefused(() -> format.open(HADOOP, temp.toString(), split), temp.toString());
    }
  }

  @Test
  void formatsAreFoundByName() {
    for (DatasetFormat format : DatasetFormats.all()) {
      assertSame(format, DatasetFormats.named(format.name()));
    }
    assertTrue(DatasetFormats.all().size() >= 2);
    assertRefused(
        () -> DatasetFormats.named("tar"),
        "there is no data format 'tar'; allowed are " + String.join(", ", DatasetFormats.names()));
  }
}
