package dev.convoy.spark.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.convoy.weights.NamedTensor;
import dev.convoy.weights.Safetensors;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one run leaves in its folder, and what becomes of it when the folder is named again. */
class OutputsIT {
  @TempDir Path folder;
  private static Path run;
  private static Ended ended;

  private static Launcher training() {
    return ReferenceRun.training(run.getParent()).executors(2, 1);
  }

  @BeforeAll
  static void train() throws IOException, InterruptedException {
    ended = ReferenceRun.ended();
    run = ReferenceRun.folder();
  }

  private static Set<String> keys(JsonNode json) {
    Set<String> keys = new TreeSet<>();
    json.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  /** All bytes of the run's folder, by path. */
  private static Map<String, byte[]> bytes() throws IOException {
    Map<String, byte[]> bytes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(run)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        bytes.put(run.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return bytes;
  }

  private static void assertUntouched(Map<String, byte[]> before) throws IOException {
    Map<String, byte[]> after = bytes();
    assertEquals(before.keySet(), after.keySet());
    before.forEach((path, content) -> assertArrayEquals(content, after.get(path), path));
  }

  @Test
  void aPersonSeesThePlanTheProgressAndWhereEverythingLies() {
    for (String line :
        List.of(
            "^network +lenet5-modern, 61,706 parameters",
            "^data +4,000 training images in ",
            "^training +40 steps",
            "^cluster +2 executors",
            "^epoch .* step 40/40 .* loss .* top-1 .* images/s",
            "^validation .* top-1 ",
            "^output +file:")) {
      ended.requireLine(line);
    }
    assertEquals(1, ended.err().lines().count(), ended::toString);
    assertTrue(ended.err().startsWith("convoy: data: Fashion-MNIST in "), ended::toString);
  }

  @Test
  void metricsHaveTheKeysOfTheContractAndEachStepOnce() throws IOException {
    RunOutputs.assertEachStepOnce(run, 40, 10);
    Set<String> validation =
        Set.of("step", "epoch", "loss", "top1", "top5", "images_per_second", "phase");
    Set<String> training = new TreeSet<>(validation);
    training.addAll(List.of("learning_rate", "time_shares", "ranks"));
    RunOutputs.metrics(run, "train").forEach(line -> assertEquals(training, keys(line)));
    for (JsonNode line : RunOutputs.metrics(run, "train")) {
      assertEquals(2, line.path("ranks").size());
      for (JsonNode rank : line.path("ranks")) {
        assertTrue(rank.path("compute_ms").asDouble() > 0, rank::toString);
        assertEquals(4, rank.path("virtual_nodes").asInt());
      }
    }
    List<JsonNode> validations = RunOutputs.metrics(run, "validate");
    assertEquals(1, validations.size());
    assertEquals(validation, keys(validations.get(0)));
    assertEquals(40, validations.get(0).path("step").asInt());
  }

  @Test
  void theRecordSaysWhatRanAndHowItEnded() throws IOException {
    JsonNode record = RunOutputs.record(run);
    assertEquals("done", record.path("outcome").asText());
    assertEquals(2, record.path("executors").asInt());
    assertEquals(1, record.path("seed").asInt());
    assertEquals("weights sha256=" + record.path("weights_sha256").asText(), ended.digest());
    assertEquals(40, record.at("/configuration/train/steps").asInt());
    assertFalse(record.path("data_fingerprint").asText().isEmpty());
    assertTrue(record.path("final_metrics").path("top1").asDouble() > 0.3);
    assertFalse(record.path("versions").isEmpty());
  }

  @Test
  void tensorBoardFindsAnEventFile() throws IOException {
    List<String> events =
        bytes().keySet().stream().filter(name -> name.startsWith("events.out.tfevents.")).toList();
    assertEquals(1, events.size());
    assertTrue(Files.size(run.resolve(events.get(0))) > 500);
  }

  @Test
  void weightsHaveTorchvisionsNamesAndShapesAndTheDigestOfTheLastLine() throws Exception {
    Map<String, List<Integer>> shapes = new TreeMap<>();
    try (InputStream in =
        new BufferedInputStream(Files.newInputStream(run.resolve("weights.safetensors")))) {
      for (NamedTensor tensor : Safetensors.read(in, "weights").tensors()) {
        shapes.put(tensor.name(), Arrays.stream(tensor.shape()).boxed().toList());
      }
    }
    Map<String, List<Integer>> expected = new TreeMap<>();
    expected.put("conv1.weight", List.of(6, 1, 5, 5));
    expected.put("conv1.bias", List.of(6));
    expected.put("conv2.weight", List.of(16, 6, 5, 5));
    expected.put("conv2.bias", List.of(16));
    expected.put("fc1.weight", List.of(120, 400));
    expected.put("fc1.bias", List.of(120));
    expected.put("fc2.weight", List.of(84, 120));
    expected.put("fc2.bias", List.of(84));
    expected.put("fc3.weight", List.of(10, 84));
    expected.put("fc3.bias", List.of(10));
    assertEquals(expected, shapes);
    Ended digest = Launcher.convoy(folder, "digest", run.toString()).run();
    assertEquals(ended.digest(), digest.digest());
    String checkpoint = run.resolve("checkpoints/step-000000040").toString();
    assertEquals(ended.digest(), Launcher.convoy(folder, "digest", checkpoint).run().digest());
  }

  @Test
  void theFolderOfARunIsRefusedAndNotAByteOfItIsTouched() throws Exception {
    Map<String, byte[]> before = bytes();
    Ended refused = training().run().requireStatus(2);
    assertTrue(refused.sentence().contains("--resume"), refused::toString);
    assertTrue(refused.sentence().contains("--overwrite"), refused::toString);
    assertUntouched(before);
  }

  @Test
  void resumingUnderAnotherSeedIsRefusedByTheNameOfTheKey() throws Exception {
    Map<String, byte[]> before = bytes();
    Ended refused = training().set("train.seed", 2).with("--resume").run().requireStatus(2);
    assertTrue(refused.sentence().contains("train.seed was 1 and is now 2"), refused::toString);
    assertUntouched(before);
  }

  @Test
  void resumingAFinishedRunChangesNothingThatCounts() throws Exception {
    Path copy = Files.createDirectory(folder.resolve("copy"));
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(run)) {
      all.forEach(files::add);
    }
    for (Path file : files) {
      Path to = copy.resolve("run").resolve(run.relativize(file));
      Files.copy(file, to);
    }
    Ended again = ReferenceRun.training(copy).with("--resume").run();
    assertEquals(ended.digest(), again.digest());
    RunOutputs.assertEachStepOnce(copy.resolve("run"), 40, 10);
    assertEquals("done", RunOutputs.record(copy.resolve("run")).path("outcome").asText());
    assertEquals(
        RunOutputs.record(run).path("final_metrics"),
        RunOutputs.record(copy.resolve("run")).path("final_metrics"));
  }

  @Test
  void aFinishedRunWithoutCheckpointsIsNotTakenForAnother(@TempDir Path other) throws Exception {
    Launcher training =
        Launcher.shortTraining(other, Launcher.MODERN)
            .executors(1, 1)
            .set("checkpoint.every", "never");
    String digest = training.run().digest();
    assertEquals(digest, training.with("--resume").run().digest());
    Ended refused =
        Launcher.shortTraining(other, Launcher.MODERN)
            .set("checkpoint.every", "never")
            .set("train.seed", 2)
            .with("--resume")
            .run()
            .requireStatus(2);
    assertTrue(refused.sentence().contains("train.seed was 1 and is now 2"), refused::toString);
  }
}
