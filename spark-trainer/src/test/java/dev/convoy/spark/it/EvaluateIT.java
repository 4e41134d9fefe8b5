package dev.convoy.spark.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user does with a trained network. */
class EvaluateIT {
  @TempDir Path folder;

  @Test
  void evaluateGivesTheFiguresOfTheLastValidationWhoeverCarriesTheWork() throws Exception {
    Path run = ReferenceRun.folder();
    List<JsonNode> validations = RunOutputs.metrics(run, "validate");
    JsonNode last = validations.get(validations.size() - 1);
    String expected =
        String.format(
            Locale.ROOT,
            "validation  1,000 images  loss %.4f  top-1 %.2f %%  top-5 %.2f %%",
            last.path("loss").asDouble(),
            100 * last.path("top1").asDouble(),
            100 * last.path("top5").asDouble());
    // Named by a path that is relative to where the user stands.
    Files.copy(run.resolve("weights.safetensors"), folder.resolve("weights.safetensors"));
    for (int executors : new int[] {1, 3}) {
      Ended ended =
          Launcher.convoy(folder, "evaluate", Launcher.MODERN.toString())
              .with("--weights", "weights.safetensors")
              .set("train.batch-size", 64)
              .set("cluster.memory", "512m")
              .executors(executors, 1)
              .run()
              .requireStatus(0);
      // On a slow machine it also tells that it waits for executors.
      assertEquals(
          List.of(expected), ended.out().stream().filter(l -> !l.startsWith("waiting ")).toList());
    }
    Ended refused =
        Launcher.convoy(folder, "evaluate", Launcher.MODERN.toString(), "--weights", run.toString())
            .set("network.name", "lenet5")
            .run()
            .requireStatus(2);
    assertTrue(refused.sentence().contains("it lacks C1.bias"), refused.toString());
  }
}
