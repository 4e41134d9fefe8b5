package dev.convoy.spark.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that die in the middle of a run, by SIGKILL: nobody has time to clean up. */
class CrashIT {
  private static String undisturbed;

  @TempDir Path folder;

  /** Long enough to die in the middle. */
  private static Launcher training(Path folder) {
    return Launcher.shortTraining(folder, Launcher.MODERN)
        .set("train.steps", 300)
        .set("checkpoint.every", "\"20 steps\"")
        .set("cluster.replicas", 1);
  }

  @BeforeAll
  static void endUndisturbed(@TempDir Path other) throws IOException, InterruptedException {
    undisturbed = training(other).executors(1, 1).run().digest();
  }

  @Test
  void aRunThatLosesAnExecutorGoesOnByItselfAndEndsAsIfNothingHadHappened() throws Exception {
    Running running = training(folder).executors(2, 1).start();
    running.awaitCheckpoint(40);
    List<ProcessHandle> executors = running.executors();
    assertEquals(2, executors.size());
    executors.get(0).destroyForcibly();

    Ended ended = running.await();
    assertEquals(undisturbed, ended.digest());
    // Whichever Spark hears of first: the executor that is lost, or the peer that misses it.
    ended.requireLine(
        "^attempt 1 ended early: (executor \\d was lost: |.*rank \\d)"
            + ".*; going on from the newest step that is left$");
    ended.requireLine("^going on after step \\d+, from memory, with 2 executors$");
    assertFalse(String.join("\n", ended.out()).contains("\tat "), ended::toString);
    assertEachStepOnce(ended);
  }

  /**
   * Faults that a run survives are not counted: a week on many machines has more than any limit.
   */
  @Test
  @Tag("long")
  void moreFaultsThanAttemptsEndNoRunThatKeepsNewSteps() throws Exception {
    Running running =
        training(folder)
            .executors(2, 1)
            .set("cluster.attempts", 2)
            // Which of the executors it has lost Spark itself remembers.
            .with("--conf", "spark.ui.retainedDeadExecutors=1")
            .start();
    List<String> lines = new ArrayList<>();
    for (int fault = 1; fault <= 3; fault++) {
      lines.add("^checkpoint at step \\d+$");
      running.awaitLines(lines);
      running.executors().get(0).destroyForcibly();
      lines.add("^attempt " + fault + " ended early: ");
      lines.add("^going on after step ");
    }
    Ended ended = running.await();
    assertEquals(undisturbed, ended.digest());
    assertFalse(String.join("\n", ended.out()).contains("fewer executors"), ended::toString);
    assertEachStepOnce(ended);
  }

  private void assertEachStepOnce(Ended ended) throws IOException {
    Pattern fromMemory = Pattern.compile("^going on after step (\\d+), from memory, ");
    Set<Long> recovered =
        ended.out().stream()
            .map(fromMemory::matcher)
            .filter(Matcher::find)
            .map(line -> Long.valueOf(line.group(1)))
            .collect(Collectors.toSet());
    assertFalse(recovered.isEmpty(), ended::toString);
    RunOutputs.assertEachStepOnce(folder.resolve("run"), 300, 10, recovered);
  }

  /** It stays so: neither does it come back, nor does Spark miss its heartbeats within the test. */
  @Test
  @Tag("long")
  void anExecutorThatHangsIsLeftOut() throws Exception {
    Running running =
        training(folder).executors(3, 1).set("cluster.timeouts.collective", "8s").start();
    running.awaitCheckpoint(40);
    ProcessHandle hanging = running.executors().get(1);
    Running.signal("STOP", hanging);
    Ended ended = running.await();
    assertEquals(undisturbed, ended.digest());
    ended.requireLine("^attempt 1 ended early: .*rank \\d .* was silent for ");
    ended.requireLine("^executor \\d on 127.0.0.1 is silent: it is left out");
    assertFalse(String.join("\n", ended.out()).contains("attempt 2 ended"), ended::toString);
    assertGoneWithin(List.of(hanging), Duration.ofSeconds(20));
  }

  @Test
  void aRunWhoseDriverDiedIsResumedByAnotherNumberOfExecutorsFromTheNewestWholeCheckpoint()
      throws Exception {
    Running running = training(folder).executors(2, 1).start();
    running.awaitCheckpoint(80);
    List<ProcessHandle> executors = running.executors();
    running.killDriver();
    assertNotEquals(0, running.await().status());
    assertGoneWithin(executors, Duration.ofSeconds(20));

    List<Path> checkpoints = checkpoints();
    Path newest = checkpoints.get(0);
    Path before = checkpoints.get(1);
    damage(newest);
    Path unfinished = newest.resolveSibling(".unfinished-step-000000999-attempt-1");
    Files.createDirectory(unfinished);
    Files.writeString(unfinished.resolve("state.json"), "{");

    Ended resumed = training(folder).executors(3, 1).with("--resume").run();
    assertEquals(undisturbed, resumed.digest());
    resumed.requireLine("^passing over a damaged checkpoint: .*" + newest.getFileName());
    long step = Long.parseLong(before.getFileName().toString().substring("step-".length()));
    resumed.requireLine("^going on after step " + step + " with 3 executors$");
    assertFalse(Files.exists(unfinished));
    RunOutputs.assertEachStepOnce(folder.resolve("run"), 300, 10);
  }

  /** What was rounded for the steps must not be what the next run begins with. */
  @Test
  void aRunThatExchangesBfloat16GoesOnFromItsMasterWeights() throws Exception {
    String whole = exchangingBfloat16(folder.resolve("whole"), 1).run().digest();
    Running running = exchangingBfloat16(folder, 2).start();
    running.awaitCheckpoint(40);
    running.killDriver();
    assertNotEquals(0, running.await().status());

    Ended resumed = exchangingBfloat16(folder, 3).with("--resume").run();
    assertEquals(whole, resumed.digest());
    assertNotEquals(undisturbed, resumed.digest());
    resumed.requireLine("^going on after step \\d+ with 3 executors$");
  }

  private static Launcher exchangingBfloat16(Path folder, int executors) {
    return training(folder).set("sync.wire", "bfloat16").executors(executors, 1);
  }

  /** Published checkpoints, the newest first. */
  private List<Path> checkpoints() throws IOException {
    try (Stream<Path> all = Files.list(folder.resolve("run/checkpoints"))) {
      List<Path> published =
          all.filter(path -> path.getFileName().toString().startsWith("step-"))
              .sorted(Comparator.reverseOrder())
              .toList();
      assertTrue(published.size() >= 2, published::toString);
      return published;
    }
  }

  /** Cuts the weights' last bytes off. */
  private static void damage(Path checkpoint) throws IOException {
    Path weights = checkpoint.resolve("weights.safetensors");
    try (FileChannel file = FileChannel.open(weights, StandardOpenOption.WRITE)) {
      file.truncate(file.size() - 100);
    }
  }

  private static void assertGoneWithin(List<ProcessHandle> processes, Duration time)
      throws Exception {
    assertFalse(processes.isEmpty());
    for (ProcessHandle process : processes) {
      process.onExit().get(time.toSeconds(), TimeUnit.SECONDS);
    }
  }
}
