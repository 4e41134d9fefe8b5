package dev.convoy.spark.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.convoy.weights.Safetensors;
import dev.convoy.weights.SafetensorsFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training that goes on from something: another run's weights, or its own validations. */
class TuningIT {
  @TempDir Path folder;

  private static SafetensorsFile weights(Path run) throws IOException {
    Path file = run.resolve("weights.safetensors");
    try (InputStream in = Files.newInputStream(file)) {
      return Safetensors.read(in, file.toString());
    }
  }

  private Launcher tuning(String name, int executors) throws Exception {
    return Launcher.shortTraining(folder.resolve(name), Launcher.MODERN)
        .set("train.steps", 5)
        .set("train.init", ReferenceRun.folder())
        .set("train.freeze", "[conv1, fc1]")
        .set("network.classes", 12)
        .executors(executors, 1);
  }

  @Test
  void weightsAreTunedToOtherClassesAndWhatIsFrozenStays() throws Exception {
    Ended alone = tuning("alone", 1).run();
    alone.requireLine(
        "^init +file:.*/reference-run/run, but for 12 classes fc3.weight, fc3.bias begin anew$");
    alone.requireLine("^frozen +conv1, fc1$");
    assertEquals(alone.digest(), tuning("three", 3).run().digest());

    SafetensorsFile before = weights(ReferenceRun.folder());
    SafetensorsFile after = weights(folder.resolve("alone/run"));
    for (String name : List.of("conv1.weight", "conv1.bias", "fc1.weight", "fc1.bias")) {
      assertArrayEquals(before.floats(name).values(), after.floats(name).values(), name);
    }
    assertFalse(before.floats("conv2.weight").equals(after.floats("conv2.weight")));
    assertEquals(12, after.floats("fc3.bias").values().length);
  }

  @Test
  void weightsOfAnotherNetworkAreRefused() throws Exception {
    Ended refused = tuning("other", 1).set("network.name", "cifar-resnet20").run();
    refused.requireStatus(2);
    assertTrue(
        refused.sentence().contains("does not fit cifar-resnet20: it lacks bn1.bias"),
        refused::toString);
  }

  /** So high a rate that validation gets worse, and no patience. */
  private Launcher withPlateau(String name) {
    return Launcher.train(folder.resolve(name), Launcher.MODERN)
        .set("train.epochs", 3)
        .set("train.batch-size", 64)
        .set("train.schedule.name", "plateau")
        .set("train.schedule.learning-rate", 0.5)
        .set("train.schedule.patience", 0)
        .set("train.schedule.factor", 0.5)
        .executors(2, 1);
  }

  @Test
  void aPlateauIsRememberedByARunThatIsResumed() throws Exception {
    String digest = withPlateau("whole").run().digest();
    List<JsonNode> metrics = RunOutputs.metrics(folder.resolve("whole/run"), "train");
    var rates =
        metrics.stream()
            .map(json -> json.path("learning_rate").asDouble())
            .distinct()
            .collect(Collectors.toList());
    assertTrue(rates.size() > 1, () -> "the rate never fell: " + rates);

    Ended refused =
        withPlateau("whole").set("data.validation", otherImages()).with("--resume").run();
    refused.requireStatus(2);
    assertTrue(
        refused.sentence().contains("is another one: validation-fingerprint was "),
        refused::toString);

    Running running = withPlateau("killed").start();
    running.awaitLine("^validation  epoch 2 ");
    running.killDriver();
    running.await();
    assertEquals(digest, withPlateau("killed").with("--resume").run().digest());
  }

  /** The sample's validation images, one pixel of which is another. */
  private Path otherImages() throws IOException {
    Path other = Files.createDirectories(folder.resolve("other"));
    for (String name : List.of("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte")) {
      Path packed = Launcher.SAMPLE.resolve(name + ".gz");
      try (InputStream in = new GZIPInputStream(Files.newInputStream(packed))) {
        byte[] content = in.readAllBytes();
        if (name.contains("images")) {
          content[content.length - 1] ^= 1;
        }
        Files.write(other.resolve(name), content);
      }
    }
    return other;
  }
}
