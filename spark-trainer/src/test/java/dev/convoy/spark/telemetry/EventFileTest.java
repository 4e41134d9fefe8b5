package dev.convoy.spark.telemetry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EventFileTest {
  private static final String NAME = "events.out.tfevents.1700000000.node7";

  @TempDir private java.nio.file.Path directory;
  private FileSystem fs;

  @BeforeEach
  void open() throws IOException {
    fs = FileSystem.getLocal(new Configuration());
  }

  @Test
  void anIndependentReaderFindsEveryCurve() throws IOException {
    try (EventFile events = create(0)) {
      events.onTrain(Samples.train(300));
      events.onValidation(Samples.validation(468));
      events.onEvent(new RunEvent("checkpoint at step 300"));
    }
    assertEquals(
        List.of(
            "1700000000.25 0 version brain.Event:2",
            "1700000000.25 300 train/loss 0.3121",
            "1700000000.25 300 train/top1 0.889",
            "1700000000.25 300 train/learning_rate 0.05",
            "1700000000.25 300 train/images_per_second 12345.4",
            "1700000000.25 468 validation/loss 0.3",
            "1700000000.25 468 validation/top1 0.8991",
            "1700000000.25 468 validation/top5 0.9971"),
        TensorBoardReader.read(directory.resolve(NAME)));
    assertEquals(List.of(NAME), MetricsFileTest.namesIn(directory));
  }

  @Test
  void pointsAreThereBeforeTheFileIsClosed() throws IOException {
    try (EventFile events = create(0)) {
      events.onTrain(Samples.train(1L << 40));
      List<String> read = TensorBoardReader.read(directory.resolve(NAME));
      assertEquals("1700000000.25 1099511627776 train/images_per_second 12345.4", read.get(4));
    }
  }

  @Test
  void eachAttemptHasAFileOfItsOwnThatVoidsTheStepsItRepeats() throws IOException {
    create(0).close();
    create(300).close();

    assertEquals(
        List.of(NAME, "events.out.tfevents.1700000001.node7"), MetricsFileTest.namesIn(directory));
    assertEquals(
        List.of("1700000000.25 0 version brain.Event:2", "1700000000.25 301 session start"),
        TensorBoardReader.read(directory.resolve("events.out.tfevents.1700000001.node7")));
  }

  /** The bytes of {@code events.hex}, made from the published formats by a program of its own. */
  @Test
  void theBytesAreThoseOfTheGolden() throws IOException {
    try (EventFile events = create(0)) {
      events.onValidation(new ValidationMetrics(1, 1, 2, 0.5, 1, 1));
    }
    String golden;
    try (InputStream in = EventFileTest.class.getResourceAsStream("events.hex")) {
      golden = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    }
    assertArrayEquals(
        HexFormat.of().parseHex(golden.replaceAll("\\s", "")),
        Files.readAllBytes(directory.resolve(NAME)));
  }

  private EventFile create(long resumeFromStep) throws IOException {
    return EventFile.create(
        fs, new Path(directory.toUri()), "node7", Samples.CLOCK, resumeFromStep);
  }
}
