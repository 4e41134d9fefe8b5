package dev.convoy.spark.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WaitingIT {
  @TempDir Path folder;

  /** The JVM ends at once, for two garbage collectors cannot be had: Spark starts it again. */
  @Test
  void executorsThatDieAsTheyStartAreWaitedForNoLongerThanAllowedAndTheirLogsAreNamed()
      throws Exception {
    Ended ended =
        Launcher.shortTraining(folder, Launcher.MODERN)
            .set("cluster.timeouts.executors", "10s")
            .env("CONVOY_EXECUTOR_JAVA_OPTIONS", "-XX:+UseG1GC")
            .run()
            .requireStatus(1);
    String sentence = ended.sentence();
    assertTrue(
        sentence.startsWith(
            "convoy: failed: only 0 of the 2 executors asked for came within 10 s"
                + " (cluster.timeouts.executors); the executors' logs in "),
        sentence);
    assertTrue(ended.took().compareTo(Duration.ofSeconds(90)) < 0, ended::toString);
    assertEquals("failed", RunOutputs.record(folder.resolve("run")).path("outcome").asText());
  }
}
