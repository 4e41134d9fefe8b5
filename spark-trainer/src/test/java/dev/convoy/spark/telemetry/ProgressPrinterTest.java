package dev.convoy.spark.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ProgressPrinterTest {
  private static final long SECOND = 1_000_000_000L;

  private final AtomicLong clock = new AtomicLong();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @Test
  void aLineSaysWhereTheRunStandsAndHowLongItTakesAtThePaceSoFar() {
    ProgressPrinter printer = printer(false);
    printer.onTrain(Samples.train(624));
    clock.set(10 * SECOND);
    printer.onTrain(Samples.train(1404));

    assertEquals(
        """
        epoch 2/10  step 624/4680  loss 0.3121  top-1 88.9 %  12,345 images/s
        epoch 3/10  step 1404/4680  loss 0.3121  top-1 88.9 %  12,345 images/s  0:42 left
        """,
        printed());
  }

  @Test
  void topFiveIsLeftOutWhereItSaysNothing() {
    ProgressPrinter printer = printer(false);
    printer.onValidation(new ValidationMetrics(468, 1, 0.3, 0.8991, Double.NaN, 20_000));
    assertEquals("validation  epoch 1  loss 0.3000  top-1 89.91 %\n", printed());
  }

  @Test
  void hoursAreShownWhenThereAreAny() {
    ProgressPrinter printer = printer(false);
    printer.onTrain(Samples.train(1));
    clock.set(3602 * SECOND);
    printer.onTrain(Samples.train(2340 + 1));

    assertEquals("1:00:00 left", printed().strip().replaceFirst("(?s).*  ", ""));
  }

  @Test
  void reportsThatComeTooOftenAreLeftOutButNeverTheLast() {
    ProgressPrinter printer = printer(false);
    for (int step = 1; step <= 40; step++) {
      printer.onTrain(Samples.train(step));
      clock.addAndGet(SECOND / 10);
    }
    printer.onTrain(Samples.train(4680));

    assertEquals(
        "1 11 21 31 4680",
        String.join(
            " ",
            printed()
                .lines()
                .map(line -> line.replaceFirst(".*step (\\d+)/.*", "$1"))
                .toArray(String[]::new)));
  }

  @Test
  void aTerminalsLineIsRewrittenInPlaceAndShorterOnesCoverLongerOnes() {
    ProgressPrinter printer = printer(true);
    printer.onTrain(Samples.train(468));
    clock.set(SECOND);
    printer.onTrain(Samples.train(936));
    clock.set(2 * SECOND);
    printer.onTrain(withSpeed(Samples.train(1404), 9));
    printer.onEvent(new RunEvent("checkpoint at step 1404"));
    printer.close();

    assertEquals(
        "\repoch 1/10  step 468/4680  loss 0.3121  top-1 88.9 %  12,345 images/s"
            + "\repoch 2/10  step 936/4680  loss 0.3121  top-1 88.9 %  12,345 images/s  0:08 left"
            + "\repoch 3/10  step 1404/4680  loss 0.3121  top-1 88.9 %  9 images/s  0:07 left    "
            + "\ncheckpoint at step 1404\n",
        printed());
  }

  @Test
  void aSampleThatSeveralRanksSkipIsToldOnceAndManyAreCounted() {
    ProgressPrinter printer = printer(false);
    for (int i = 0; i < 12; i++) {
      printer.onSkipped(new SkippedSample("skipped sample " + i));
      printer.onSkipped(new SkippedSample("skipped sample " + i));
    }
    printer.close();

    assertEquals(11, printed().lines().count());
    assertTrue(printed().startsWith("skipped sample 0\nskipped sample 1\n"), printed());
    assertTrue(printed().endsWith("skipped sample 9\nskipped 12 corrupt samples\n"), printed());
  }

  @Test
  void aTerminalsLastProgressLineIsEndedWhenTheRunIs() {
    ProgressPrinter printer = printer(true);
    printer.onTrain(Samples.train(4680));
    printer.close();

    assertEquals(
        "\repoch 10/10  step 4680/4680  loss 0.3121  top-1 88.9 %  12,345 images/s\n", printed());
  }

  @Test
  void aValidationHasItsLineAfterAnEpochAndWithinOne() {
    ProgressPrinter printer = printer(false);
    printer.onValidation(Samples.validation(1404));
    printer.onValidation(Samples.validation(1170));

    assertEquals(
        """
        validation  epoch 3  loss 0.3000  top-1 89.91 %  top-5 99.71 %
        validation  epoch 2.50  loss 0.3000  top-1 89.91 %  top-5 99.71 %
        """,
        printed());
  }

  private static TrainMetrics withSpeed(TrainMetrics m, double imagesPerSecond) {
    return new TrainMetrics(
        m.step(),
        m.epoch(),
        m.loss(),
        m.top1(),
        m.top5(),
        imagesPerSecond,
        m.learningRate(),
        m.shares(),
        m.ranks());
  }

  private ProgressPrinter printer(boolean terminal) {
    return new ProgressPrinter(
        new PrintStream(bytes, false, StandardCharsets.UTF_8),
        new ProgressPrinter.Options(terminal, Duration.ofSeconds(1), 4680, 10),
        clock::get);
  }

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}
