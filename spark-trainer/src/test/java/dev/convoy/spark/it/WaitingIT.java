package dev.convoy.spark.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WaitingIT {
  @TempDir Path folder;

  /** The JVM ends at once, for two garbage collectors cannot be had: Spark starts it again. */
  @Test
  void executorsThatDieAsTheyStartAreToldOfAtOnceWithTheEndOfTheirLog() throws Exception {
    Ended ended =
        Launcher.shortTraining(folder, Launcher.MODERN)
            .set("cluster.timeouts.executors", "10m")
            .env("CONVOY_EXECUTOR_JAVA_OPTIONS", "-XX:+UseG1GC")
            .run()
            .requireStatus(1);
    String sentence = ended.sentence();
    assertTrue(
        sentence.startsWith(
            "convoy: failed: only 0 of the 2 executors asked for are there; the others exit"
                + " while starting: \"Multiple garbage collectors selected\" (the end of "),
        sentence);
    assertTrue(ended.took().compareTo(Duration.ofSeconds(90)) < 0, ended::toString);
    assertEquals("failed", RunOutputs.record(folder.resolve("run")).path("outcome").asText());
  }

  @Test
  void aJavaThatDoesNotStartAnythingIsToldOfAtOnce() throws Exception {
    String sentence =
        Launcher.shortTraining(folder, Launcher.MODERN)
            .set("cluster.timeouts.executors", "10m")
            .with("--conf", "spark.executorEnv.JAVA_HOME=" + folder)
            .run()
            .requireStatus(1)
            .sentence();
    assertTrue(sentence.contains("exit while starting: nothing was written to "), sentence);
  }

  @Test
  void aMasterThatDoesNotAnswerIsToldOfAtOnceAndNothingIsWritten() throws Exception {
    String sentence =
        Launcher.shortTraining(folder, Launcher.MODERN)
            .with("--master", "spark://127.0.0.1:9")
            .run()
            .requireStatus(1)
            .sentence();
    assertTrue(
        sentence.startsWith(
            "convoy: failed: no Spark master answers at 127.0.0.1:9 (Connection refused)"),
        sentence);
    assertFalse(Files.exists(folder.resolve("run")));
  }
}
