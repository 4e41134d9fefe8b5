package dev.convoy.spark.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunRecordTest {
  private static final Versions VERSIONS =
      new Versions("0.1.0", "17.0.15 (Debian)", "4.2.0", "Linux 6.18", "amd64");

  @TempDir private java.nio.file.Path directory;

  @Test
  void theRecordOfTheEndReplacesTheOneOfTheStart() throws IOException {
    FileSystem fs = FileSystem.getLocal(new Configuration());
    java.nio.file.Path file = directory.resolve("run.json");
    Path path = new Path(file.toUri());
    RunRecord record = record("{\"train\":{\"seed\":7}}");

    record.write(fs, path);
    assertEquals(expected("running", "null", "null", "null"), Files.readString(file));

    record
        .ended(
            Instant.parse("2026-11-24T10:05:00Z"),
            Outcome.DONE,
            Samples.validation(468),
            "ab".repeat(32))
        .write(fs, path);
    assertEquals(
        expected(
            "done",
            "\"2026-11-24T10:05:00Z\"",
            "\"" + "ab".repeat(32) + "\"",
            """
            {
                "step" : 468,
                "epoch" : 1.0,
                "loss" : 0.3,
                "top1" : 0.8991,
                "top5" : 0.9971,
                "images_per_second" : 20000.0
              }"""),
        Files.readString(file));
    assertEquals(List.of("run.json"), MetricsFileTest.namesIn(directory));
  }

  @Test
  void aConfigurationThatIsNoJsonIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> record("train { seed = 7 }"));
  }

  private static RunRecord record(String configuration) {
    return RunRecord.running(
        configuration,
        VERSIONS,
        new DataIdentity("mnist:60000:1f", "mnist:10000:2e", List.of("cat", "dog")),
        7,
        2,
        Instant.parse("2026-11-24T10:00:00Z"));
  }

  private static String expected(String outcome, String ended, String sha, String metrics) {
    return """
        {
          "outcome" : "%s",
          "started" : "2026-11-24T10:00:00Z",
          "ended" : %s,
          "executors" : 2,
          "seed" : 7,
          "data_fingerprint" : "mnist:60000:1f",
          "validation_fingerprint" : "mnist:10000:2e",
          "classes" : [ "cat", "dog" ],
          "weights_sha256" : %s,
          "final_metrics" : %s,
          "versions" : {
            "convoy" : "0.1.0",
            "java" : "17.0.15 (Debian)",
            "spark" : "4.2.0",
            "os" : "Linux 6.18",
            "arch" : "amd64"
          },
          "configuration" : {
            "train" : {
              "seed" : 7
            }
          }
        }
        """
        .formatted(outcome, ended, sha, metrics);
  }
}
