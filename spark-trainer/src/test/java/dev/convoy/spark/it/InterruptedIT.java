package dev.convoy.spark.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run that a person or a scheduler ends, and one that somebody starts beside it. */
class InterruptedIT {
  @TempDir Path folder;

  private Launcher training() {
    return Launcher.shortTraining(folder, Launcher.MODERN)
        .executors(2, 1)
        .set("train.steps", 100_000)
        .set("checkpoint.every", "\"20 steps\"");
  }

  @ParameterizedTest
  @CsvSource({"TERM, 143", "INT, 130", "HUP, 129"})
  void aSignalEndsTheRunWithAWordOnHowToGoOn(String signal, int status) throws Exception {
    Running running = training().heedingSignals().start();
    running.awaitCheckpoint(40);
    List<ProcessHandle> executors = running.executors();
    if (signal.equals("TERM")) {
      Ended second = training().with("--resume").run().requireStatus(2);
      assertTrue(second.sentence().contains(" is in use by convoy train of "), second::toString);
      second = training().with("--overwrite").run().requireStatus(2);
      assertTrue(second.sentence().contains(" is in use by convoy train of "), second::toString);
    }
    running.signal(signal);

    Ended ended = running.await().requireStatus(status);
    String last = ended.out().get(ended.out().size() - 1);
    assertTrue(
        last.matches("interrupted; --resume goes on from the checkpoint at step \\d+0"),
        ended::toString);
    assertFalse(String.join("\n", ended.out()).contains("ended early"), ended::toString);
    assertFalse(ended.err().contains("failed"), ended::toString);
    assertEquals("interrupted", RunOutputs.record(folder.resolve("run")).path("outcome").asText());
    assertFalse(Files.exists(folder.resolve("run/.lease")));
    for (ProcessHandle executor : executors) {
      executor.onExit().get(20, TimeUnit.SECONDS);
    }
  }
}
