package dev.convoy.spark.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.spark.app.job.TrainCommand;
import dev.convoy.spark.train.TrainJob;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What {@code convoy train} refuses before Spark starts: one sentence, exit status 2, and nothing
 * written. The command is the real one, on real images.
 */
class BadInputTest {
  private static final Path REPOSITORY = repository();
  private static final Path SAMPLE = REPOSITORY.resolve("conf/sample/fashion-mnist");
  private static final String CONFIG =
      REPOSITORY.resolve("conf/lenet5-fashion-mnist.conf").toString();

  @TempDir Path folder;
  private Path data;
  private Path output;

  private static Path repository() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("conf/sample"))) {
      folder = folder.getParent();
    }
    return folder;
  }

  @BeforeEach
  void copyTheSample() throws IOException {
    output = folder.resolve("runs/bad");
    data = Files.createDirectory(folder.resolve("data"));
    try (Stream<Path> files = Files.list(SAMPLE)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, data.resolve(file.getFileName()));
      }
    }
  }

  /** Expects the refusal, and returns its sentence. */
  private String refuse(String config, String... args) throws IOException {
    List<String> all = new ArrayList<>(List.of("train", config));
    all.addAll(List.of("--set", "data.train=\"" + data + "\""));
    all.addAll(List.of(args));
    if (!all.contains("--output")) {
      all.addAll(List.of("--output", output.toString()));
    }
    List<Path> before = everything();
    StringWriter err = new StringWriter();
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    int status =
        Convoy.commandLine(List.of(new TrainCommand(new TrainJob(nowhere))))
            .setErr(new PrintWriter(err))
            .execute(all.toArray(String[]::new));
    String sentence = err.toString();
    assertEquals(2, status, sentence);
    assertEquals(1, sentence.lines().count(), sentence);
    assertTrue(sentence.startsWith("convoy: "), sentence);
    assertFalse(sentence.contains("Exception"), sentence);
    assertEquals(before, everything());
    return sentence.strip();
  }

  private List<Path> everything() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.sorted().toList();
    }
  }

  private void assertRefused(String sentencePart, String... args) throws IOException {
    String sentence = refuse(CONFIG, args);
    assertTrue(sentence.contains(sentencePart), sentence);
  }

  /** A file of the copy, unpacked, and without its packed form. */
  private byte[] unpack(String name) throws IOException {
    Path packed = data.resolve(name + ".gz");
    byte[] bytes =
        new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(packed))).readAllBytes();
    Files.delete(packed);
    return bytes;
  }

  private void put(String name, byte[] bytes) throws IOException {
    Files.write(data.resolve(name), bytes);
  }

  /** Labels, made more or fewer than the images, with a header that is right about them. */
  private void putLabels(int count) throws IOException {
    byte[] labels = Arrays.copyOf(unpack("train-labels-idx1-ubyte"), 8 + count);
    labels[6] = (byte) (count >> 8);
    labels[7] = (byte) count;
    put("train-labels-idx1-ubyte", labels);
  }

  @Test
  void aConfigurationThatIsNotThere() throws IOException {
    String sentence = refuse(folder.resolve("none.conf").toString());
    assertEquals("convoy: no such configuration file: " + folder.resolve("none.conf"), sentence);
  }

  @Test
  void aDataFolderThatIsNotThere() throws IOException {
    assertRefused("there is no data folder", "--set", "data.train=\"" + folder + "/none\"");
  }

  @Test
  void aDataFolderWithoutTheFiles() throws IOException {
    Files.delete(data.resolve("train-images-idx3-ubyte.gz"));
    assertRefused("has neither train-images-idx3-ubyte");
  }

  @Test
  void aPackedFileThatIsCutOff() throws IOException {
    Path images = data.resolve("train-images-idx3-ubyte.gz");
    byte[] bytes = Files.readAllBytes(images);
    Files.write(images, Arrays.copyOf(bytes, bytes.length / 2));
    assertRefused("train-images-idx3-ubyte.gz is truncated");
  }

  @Test
  void aPackedFileWithARottenByte() throws IOException {
    Path images = data.resolve("train-images-idx3-ubyte.gz");
    byte[] bytes = Files.readAllBytes(images);
    Arrays.fill(bytes, 5000, 5064, (byte) 0x55);
    Files.write(images, bytes);
    assertRefused("train-images-idx3-ubyte.gz ");
  }

  @Test
  void anUnpackedFileThatIsCutOff() throws IOException {
    byte[] bytes = unpack("train-images-idx3-ubyte");
    put("train-images-idx3-ubyte", Arrays.copyOf(bytes, bytes.length - 1));
    assertRefused("is truncated: its header promises");
  }

  @Test
  void aFileThatIsNotIdx() throws IOException {
    byte[] bytes = unpack("t10k-labels-idx1-ubyte");
    bytes[3] = 7;
    put("t10k-labels-idx1-ubyte", bytes);
    assertRefused(
        "t10k-labels-idx1-ubyte begins with 00000807: it holds unsigned bytes of 7 dimensions, where"
            + " labels are unsigned bytes of 1");
  }

  @Test
  void aLabelOutOfRange() throws IOException {
    byte[] bytes = unpack("train-labels-idx1-ubyte");
    bytes[8 + 77] = 10;
    put("train-labels-idx1-ubyte", bytes);
    assertRefused("has the label 10 at index 77, allowed are 0 to 9");
  }

  @ParameterizedTest
  @CsvSource({"4001", "3999"})
  void moreOrFewerLabelsThanImages(int labels) throws IOException {
    putLabels(labels);
    assertRefused("has 4000 images, but ");
    assertRefused("has " + labels + " labels");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "train.batch-size=100|a multiple of train.virtual-nodes (8)",
        "cluster.executors=9|train.virtual-nodes",
        "sync.bucket=0|expected auto or a size from 4k to 2047m",
        "sync.bucket=64m|the gradient of lenet5-modern has only",
        "sync.from=never|expected start or a span such as",
        "train.virtual-nodes=6|a power of two: 1, 2, 4, 8, 16",
        "network.name=lenet6|lenet5",
        "train.optimizer.name=adagrad|sgd",
        "train.optimizr.name=sgd|unknown key train.optimizr; did you mean train.optimizer",
        "train.batch-size=\"many\"|train.batch-size",
        "network.classes=5|has 10 classes, but network.classes is 5",
        "data.class-names=[a,b]|data.class-names has 2 names, but ",
        "train.batch-size=4096|larger than the dataset of 4000"
      })
  void valuesThatCannotBe(String set, String sentencePart) throws IOException {
    assertRefused(sentencePart, "--set", set);
  }

  @Test
  void anOutputBelowAFile() throws IOException {
    Files.writeString(folder.resolve("file"), "in the way");
    String below = folder.resolve("file/run").toString();
    assertRefused("--output " + below + " cannot be written", "--output", below);
  }

  @Test
  void anOutputThatIsAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "in the way");
    assertRefused("is a file; it must be a folder", "--output", file.toString());
    assertEquals("in the way", Files.readString(file));
  }

  @Test
  void anOutputThatHoldsSomethingElse() throws IOException {
    Path holiday = Files.createDirectory(folder.resolve("holiday"));
    Files.writeString(holiday.resolve("photo"), "a beach");
    for (String way : List.of("", "--overwrite", "--resume")) {
      String[] args =
          Stream.of("--output", holiday.toString(), way)
              .filter(arg -> !arg.isEmpty())
              .toArray(String[]::new);
      assertRefused("holds files but no run of Convoy's", args);
    }
  }

  @Test
  void resumingWhereThereIsNoRun() throws IOException {
    assertRefused("--resume: there is no run in", "--resume");
  }

  @Test
  void anOutputOfAFileSystemThatIsUnknown() throws IOException {
    assertRefused("--output s4://bucket/run cannot be written", "--output", "s4://bucket/run");
  }
}
