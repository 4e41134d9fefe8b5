package dev.convoy.spark.train;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.spark.telemetry.AttemptBegun;
import dev.convoy.spark.telemetry.DataIdentity;
import dev.convoy.spark.telemetry.Delivery;
import dev.convoy.spark.telemetry.ValidationMetrics;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TelemetryListenerCheck {
  @Test
  void theDriverTellsItOfARun(@TempDir Path folder) throws Exception {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(said, true, UTF_8);
    DataIdentity data = new DataIdentity("training", "validation", List.of());
    String run = folder.resolve("run").toString();
    try (RunFolder claimed =
            RunFolder.claim(run, Training.Start.NEW, new Configuration(), out::println);
        RunJournal journal = RunJournal.begin(Trial.plan(), data, claimed, out)) {
      journal.attempt(1);
      Delivery.ofFirstAttempt(new AttemptBegun(0, 1, false));
      Delivery.ofFirstAttempt(new ValidationMetrics(5, 1, 2.5, 0.25, 0.5, 100));
      Delivery.ofFirstAttempt(new ValidationMetrics(9, 2, 2.4, 0.2, 0.5, 100));
    }
    String text = said.toString(UTF_8);
    assertTrue(text.contains("best top-1 0.2500 at step 5"), text);
  }
}
