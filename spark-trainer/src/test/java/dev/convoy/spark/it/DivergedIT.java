package dev.convoy.spark.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DivergedIT {
  @TempDir Path folder;

  @Test
  void aLossThatIsNotFiniteEndsTheRunWithThreeAndASentence() throws Exception {
    Ended ended =
        Launcher.shortTraining(folder, Launcher.MODERN)
            .set("train.schedule.learning-rate", "1e6")
            .run()
            .requireStatus(3);
    ended.requireLine("^diverged: the loss is no longer finite");
    JsonNode record = RunOutputs.record(folder.resolve("run"));
    assertEquals("diverged", record.path("outcome").asText());
    assertTrue(record.path("weights_sha256").isNull());
    assertFalse(Files.exists(folder.resolve("run/weights.safetensors")));
  }
}
