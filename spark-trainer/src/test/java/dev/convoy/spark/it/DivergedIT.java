package dev.convoy.spark.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    assertTrue(record.path("reason").asText().startsWith("the loss is no longer finite at step"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"all-reduce", "averaging"})
  void aLastUpdateThatGoesTooFarLeavesNeitherACheckpointNorWeights(String mode) throws Exception {
    Ended ended =
        Launcher.shortTraining(folder, Launcher.MODERN)
            .executors(2, 1)
            .set("train.steps", 1)
            .set("train.schedule.name", "constant")
            .set("train.schedule.learning-rate", "3e38")
            // Large inputs make large gradients.
            .set("data.normalize.mean", "[0]")
            .set("data.normalize.std", "[0.0001]")
            .set("sync.mode", mode)
            .set("checkpoint.every", "\"1 step\"")
            .run()
            .requireStatus(3);
    ended.requireLine("^diverged: the tensor conv1.weight is no longer finite at step 1; ");
    JsonNode record = RunOutputs.record(folder.resolve("run"));
    assertEquals("diverged", record.path("outcome").asText());
    assertEquals(1, record.path("step").asInt());
    assertEquals("conv1.weight", record.path("tensor").asText());
    assertFalse(Files.exists(folder.resolve("run/weights.safetensors")));
    assertFalse(Files.exists(folder.resolve("run/checkpoints/step-000000001")));
  }
}
