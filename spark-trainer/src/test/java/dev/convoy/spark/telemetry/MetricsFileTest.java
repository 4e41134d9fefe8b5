package dev.convoy.spark.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MetricsFileTest {
  @TempDir private java.nio.file.Path directory;

  private LocalFileSystem fs;
  private java.nio.file.Path file;
  private Path path;

  @BeforeEach
  void open() throws IOException {
    fs = FileSystem.getLocal(new Configuration());
    file = directory.resolve("metrics.jsonl");
    path = new Path(file.toUri());
  }

  @Test
  void linesHaveTheKeysThatScriptsRelyOn() throws IOException {
    try (MetricsFile metrics = MetricsFile.create(fs, path)) {
      metrics.onTrain(Samples.train(117));
      metrics.onValidation(Samples.validation(468));
    }
    assertEquals(
        List.of(
            "{\"step\":117,\"epoch\":0.25,\"loss\":0.3121,\"top1\":0.889,\"top5\":0.9921,"
                + "\"images_per_second\":12345.4,\"learning_rate\":0.05,\"time_shares\":{"
                + "\"data\":0.01,\"forward\":0.3,\"backward\":0.5,\"communication\":0.125,"
                + "\"communication_hidden\":0.0625,"
                + "\"update\":0.02},\"ranks\":["
                + "{\"rank\":0,\"host\":\"alpha\",\"virtual_nodes\":4,\"data_ms\":0.5,"
                + "\"compute_ms\":100.0,\"waited_ms\":25.0,\"waited_for\":1},"
                + "{\"rank\":1,\"host\":\"beta\",\"virtual_nodes\":4,\"data_ms\":0.25,"
                + "\"compute_ms\":110.5,\"waited_ms\":12.0,\"waited_for\":0}],"
                + "\"phase\":\"train\"}",
            "{\"step\":468,\"epoch\":1.0,\"loss\":0.3,\"top1\":0.8991,\"top5\":0.9971,"
                + "\"images_per_second\":20000.0,\"phase\":\"validate\"}"),
        Files.readAllLines(file));
  }

  @Test
  void everyLineIsThereBeforeTheFileIsClosedAndNothingLiesBesideIt() throws IOException {
    try (MetricsFile metrics = MetricsFile.create(fs, path)) {
      for (int step = 1; step <= 3; step++) {
        metrics.onTrain(Samples.train(step));
        assertEquals(step, Files.readAllLines(file).size());
      }
    }
    assertEquals(List.of("metrics.jsonl"), namesIn(directory));
  }

  @Test
  void aLossThatIsNoNumberIsNullSoThatTheLineRemainsJson() throws IOException {
    try (MetricsFile metrics = MetricsFile.create(fs, path)) {
      metrics.onValidation(new ValidationMetrics(1, 1, Double.NaN, 0.1, 0.5, 1));
    }
    JsonNode line = new ObjectMapper().readTree(Files.readString(file));
    assertTrue(line.get("loss").isNull());
  }

  @Test
  void topFiveIsLeftOutWhereItSaysNothing() throws IOException {
    try (MetricsFile metrics = MetricsFile.create(fs, path)) {
      metrics.onValidation(new ValidationMetrics(1, 1, 0.3, 0.5, Double.NaN, 1));
    }
    assertEquals(
        List.of(
            "{\"step\":1,\"epoch\":1.0,\"loss\":0.3,\"top1\":0.5,\"images_per_second\":1.0,"
                + "\"phase\":\"validate\"}"),
        Files.readAllLines(file));
    assertEquals(Double.NaN, MetricsHistory.lastValidation(fs, path).top5());
  }

  @Test
  void resumingDropsWhatComesAfterTheCheckpointAndAHalfWrittenLine() throws IOException {
    writeSteps(10, 20, 30, 40);
    Files.writeString(file, "{\"step\":20,\"epo", StandardOpenOption.APPEND);

    try (MetricsFile metrics = MetricsFile.open(fs, path, 20, false)) {
      metrics.onTrain(Samples.train(25));
      assertEquals(List.of(10L, 20L, 25L), steps());
    }
    assertEquals(List.of("metrics.jsonl"), namesIn(directory));
  }

  @Test
  void resumingWhenNothingIsToBeDroppedGoesOnBehindTheLastLine() throws IOException {
    writeSteps(10, 20);
    try (MetricsFile metrics = MetricsFile.open(fs, path, 20, false)) {
      metrics.onTrain(Samples.train(30));
    }
    assertEquals(List.of(10L, 20L, 30L), steps());
  }

  @Test
  void resumingWithoutAFileStartsOne() throws IOException {
    try (MetricsFile metrics = MetricsFile.open(fs, path, 20, false)) {
      metrics.onTrain(Samples.train(30));
    }
    assertEquals(List.of(30L), steps());
  }

  @Test
  void anObjectStoreThatCannotAppendStillKeepsTheLinesBefore() throws IOException {
    writeSteps(10, 20, 30);
    try (FileSystem store = new WithoutAppend(fs);
        MetricsFile metrics = MetricsFile.open(store, path, 20, false)) {
      metrics.onTrain(Samples.train(25));
    }
    assertEquals(List.of(10L, 20L, 25L), steps());
  }

  /** As versions have left it whose disk was full for a moment. */
  @Test
  void resumingDropsWhatWasTornByAFullDisk() throws IOException {
    writeSteps(10, 20, 30);
    List<String> lines = Files.readAllLines(file);
    String torn = lines.get(1).substring(0, 100);
    Files.write(file, List.of(lines.get(0), torn + lines.get(1), torn, lines.get(2)));

    MetricsFile.open(fs, path, 30, false).close();
    assertEquals(lines, Files.readAllLines(file));
    MetricsFile.open(fs, path, 20, false).close();
    assertEquals(lines.subList(0, 2), Files.readAllLines(file));
  }

  @Test
  void linesThatFindNoRoomAreWrittenWhenThereIsSomeAndLeaveNothingTorn() throws IOException {
    FullDisk disk = new FullDisk(fs.getRawFileSystem());
    try (MetricsFile metrics = MetricsFile.create(disk, path)) {
      metrics.onTrain(Samples.train(1));
      disk.full = true;
      metrics.onTrain(Samples.train(2));
      metrics.onTrain(Samples.train(3));
      disk.full = false;
      metrics.onTrain(Samples.train(4));
      assertEquals(List.of(1L, 2L, 3L, 4L), steps());
      disk.full = true;
      metrics.onTrain(Samples.train(5));
      disk.full = false;
    }
    assertEquals(List.of(1L, 2L, 3L, 4L, 5L), steps());
    assertEquals(5, Files.readAllLines(file).size());
  }

  @Test
  void aFileOfSomethingElseIsRefusedAndLeftAsItIs() throws IOException {
    Files.writeString(file, "step,loss\n");
    IOException e = assertThrows(IOException.class, () -> MetricsFile.open(fs, path, 20, false));
    assertTrue(e.getMessage().endsWith("has a line that is no JSON object: step,loss"));
    assertEquals("step,loss\n", Files.readString(file));
  }

  private void writeSteps(long... steps) throws IOException {
    try (MetricsFile metrics = MetricsFile.create(fs, path)) {
      for (long step : steps) {
        metrics.onTrain(Samples.train(step));
      }
    }
  }

  private List<Long> steps() throws IOException {
    ObjectMapper json = new ObjectMapper();
    return json.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile()).readAll().stream()
        .map(line -> line.get("step").asLong())
        .toList();
  }

  static List<String> namesIn(java.nio.file.Path directory) {
    File[] files = directory.toFile().listFiles();
    return List.of(files).stream().map(File::getName).sorted().toList();
  }

  /** A local file system that takes some bytes more, and then no more, while it is full. */
  private static final class FullDisk extends FilterFileSystem {
    private boolean full;

    FullDisk(FileSystem fs) {
      super(fs);
    }

    private FSDataOutputStream limited(FSDataOutputStream to) throws IOException {
      OutputStream limited =
          new FilterOutputStream(to) {
            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
              out.write(bytes, from, full ? length / 2 : length);
              if (full) {
                throw noSpace();
              }
            }
          };
      return new FSDataOutputStream(limited, null, to.getPos());
    }

    /** Only Hadoop itself may make one. */
    private static FSError noSpace() {
      try {
        Constructor<FSError> constructor = FSError.class.getDeclaredConstructor(Throwable.class);
        constructor.setAccessible(true);
        return constructor.newInstance(new IOException("No space left on device"));
      } catch (ReflectiveOperationException e) {
        throw new LinkageError(e.getMessage(), e);
      }
    }

    @Override
    public FSDataOutputStream create(
        Path f,
        FsPermission permission,
        boolean overwrite,
        int bufferSize,
        short replication,
        long blockSize,
        Progressable progress)
        throws IOException {
      return limited(
          super.create(f, permission, overwrite, bufferSize, replication, blockSize, progress));
    }

    @Override
    public FSDataOutputStream append(Path f, int bufferSize, Progressable progress)
        throws IOException {
      return limited(super.append(f, bufferSize, progress));
    }

    @Override
    public void close() {}
  }

  /** A local file system that, like S3's, refuses to append. */
  private static final class WithoutAppend extends FilterFileSystem {
    WithoutAppend(FileSystem fs) {
      super(fs);
    }

    @Override
    public FSDataOutputStream append(Path f, int bufferSize, Progressable progress) {
      throw new UnsupportedOperationException("append");
    }

    @Override
    public void close() {}
  }
}
