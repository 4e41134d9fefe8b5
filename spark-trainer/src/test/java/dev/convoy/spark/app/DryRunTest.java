package dev.convoy.spark.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.data.ImageShape;
import dev.convoy.nn.Network;
import dev.convoy.nn.StateDict;
import dev.convoy.spark.app.job.EvaluateCommand;
import dev.convoy.spark.app.job.TrainCommand;
import dev.convoy.spark.app.local.InspectCommand;
import dev.convoy.spark.app.text.PrintableStream;
import dev.convoy.spark.storage.WeightsMetadata;
import dev.convoy.spark.train.EvaluateJob;
import dev.convoy.spark.train.TrainJob;
import dev.convoy.weights.Safetensors;
import dev.convoy.zoo.Zoo;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code convoy train --dry-run} tells of a run that is not refused. */
class DryRunTest {
  private static final Path CONF = Path.of("..", "conf").toAbsolutePath().normalize();
  private static final String CONFIG = CONF.resolve("lenet5-fashion-mnist.conf").toString();
  private static final String SAMPLE = CONF.resolve("sample/fashion-mnist").toString();

  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final StringWriter err = new StringWriter();

  private int convoy(List<String> args) {
    out.reset();
    err.getBuffer().setLength(0);
    PrintStream print = new PrintableStream(new PrintStream(out, true, StandardCharsets.UTF_8));
    return Convoy.commandLine(
            List.of(
                new TrainCommand(new TrainJob(print)), new EvaluateCommand(new EvaluateJob(print))))
        .setOut(new PrintWriter(new StringWriter()))
        .setErr(new PrintWriter(err))
        .execute(args.toArray(String[]::new));
  }

  private String dryRun(String data, String... sets) {
    List<String> args = new ArrayList<>(List.of("train", CONFIG, "--dry-run"));
    args.addAll(List.of("--output", folder.resolve("12:30:00").toString()));
    args.addAll(List.of("--set", "data.train=" + data));
    for (String set : sets) {
      args.addAll(List.of("--set", set));
    }
    assertEquals(0, convoy(args), err.toString());
    return out.toString(StandardCharsets.UTF_8);
  }

  private static void assertHas(String text, String line) {
    assertTrue(text.lines().anyMatch(line::equals), text);
  }

  @Test
  void thePlanSaysHowPixelsAreNormalizedAndWhatAnEpochLeavesOut() {
    String plan = dryRun(SAMPLE);
    assertHas(plan, "pixels     normalized by mean [0.286], std [0.353]");
    assertHas(
        plan,
        "           32 of 4,000 training images are left out of each epoch, others each time"
            + " (data.last-batch = drop)");
    assertFalse(plan.contains("notice"), plan);
    assertFalse(dryRun(SAMPLE, "data.last-batch=pad").contains("left out"));
  }

  /** By the numbers that inspect prints, to four digits. */
  @Test
  void autoNormalizesByTheTrainingImagesOwnNumbers() {
    StringWriter text = new StringWriter();
    Convoy.commandLine(List.of(new InspectCommand()))
        .setOut(new PrintWriter(text))
        .execute("inspect", SAMPLE, "--format", "idx");
    String mean = text.toString().replaceFirst("(?s).*\nmean +\\[([0-9.]+)].*", "$1");
    String std = text.toString().replaceFirst("(?s).*\nstd +\\[([0-9.]+)].*", "$1");
    String plan = dryRun(SAMPLE, "data.normalize=auto");
    assertHas(
        plan,
        "pixels     normalized by mean ["
            + Float.parseFloat(mean)
            + "], std ["
            + Float.parseFloat(std)
            + "]");
  }

  @Test
  void imagesWithoutAnyDifferenceCannotBeNormalized() throws IOException {
    Path flat = idx("flat", 1, false);
    List<String> args =
        List.of(
            "train",
            CONFIG,
            "--dry-run",
            "--set",
            "data.normalize=auto",
            "--set",
            "data.train=" + flat);
    assertEquals(2, convoy(args));
    assertTrue(err.toString().contains("all pixels of channel 0"), err.toString());
  }

  @Test
  void classesThatNobodyLearnsAreNoticed() throws IOException {
    assertHas(
        dryRun(SAMPLE, "network.classes=12"),
        "notice     network.classes is 12, but the data has 10 classes");
    String plan =
        dryRun(idx("one#class", 1, true).toString(), "network.classes=2", "data.class-names=[]");
    assertHas(plan, "notice     the data has one class only, so there is nothing to tell apart");
  }

  @Test
  void whatTheEndOfTheRunLeavesWithoutEffectIsNoticed() {
    assertHas(
        dryRun(SAMPLE, "train.steps=20", "train.schedule.warm-up=2"),
        "notice     train.schedule.warm-up is 2 epochs, but the run ends after 0.6452: its"
            + " learning rate only rises");
    assertHas(
        dryRun(SAMPLE, "train.schedule={ name = step, milestones = [5, 10, 60] }"),
        "notice     train.schedule.milestones has 10, 60, but the run ends after 10 epochs");
    assertHas(
        dryRun(SAMPLE, "sync.period=3"),
        "notice     --set: sync.period = 3 has no effect here; it needs sync.mode = averaging");
  }

  @Test
  void weightsThatAreUsedToOtherNumbersAreNoticedOrRefused() throws IOException {
    String weights = weights(0.5f).toString();
    String told =
        "file:" + weights + " was trained with images normalized by mean [0.5], std [0.25]";
    assertHas(
        dryRun(SAMPLE, "train.init=" + weights),
        "notice     " + told + ", and this run normalizes by mean [0.286], std [0.353]");
    List<String> evaluate =
        List.of("evaluate", CONFIG, "--weights", weights, "--set", "data.train=" + SAMPLE);
    assertEquals(2, convoy(evaluate));
    assertTrue(
        err.toString()
            .contains("data.normalize is mean [0.286], std [0.353]; data.normalize = auto"),
        err.toString());
    assertFalse(
        dryRun(SAMPLE, "data.normalize={mean=[0.5], std=[0.25]}", "train.init=" + weights)
            .contains("notice"));
  }

  private Path weights(float mean) throws IOException {
    Network network = Zoo.named("lenet5-modern").classes(10).build();
    WeightsMetadata metadata =
        new WeightsMetadata(
            "lenet5-modern",
            network.input(),
            10,
            List.of(),
            new ImageShape(28, 28, 1),
            List.of(),
            List.of(mean),
            List.of(0.25f),
            "softmax-cross-entropy",
            20);
    Path file = folder.resolve("tuned.safetensors");
    try (OutputStream stream = Files.newOutputStream(file)) {
      Safetensors.write(stream, metadata.toMap(), StateDict.of(network, network.initialWeights(1)));
    }
    return file;
  }

  /** 200 images for either split. */
  private Path idx(String name, int classes, boolean noise) throws IOException {
    Path data = Files.createDirectory(folder.resolve(name));
    byte[] pixels = new byte[200 * 28 * 28];
    if (noise) {
      new Random(1).nextBytes(pixels);
    }
    byte[] labels = new byte[200];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) (i % classes);
    }
    for (String split : List.of("train", "t10k")) {
      write(data.resolve(split + "-images-idx3-ubyte"), pixels, 0x803, 200, 28, 28);
      write(data.resolve(split + "-labels-idx1-ubyte"), labels, 0x801, 200);
    }
    Files.writeString(data.resolve("classes.txt"), "only\n".repeat(classes));
    return data;
  }

  private static void write(Path file, byte[] elements, int... header) throws IOException {
    try (DataOutputStream to = new DataOutputStream(Files.newOutputStream(file))) {
      for (int number : header) {
        to.writeInt(number);
      }
      to.write(elements);
    }
  }
}
