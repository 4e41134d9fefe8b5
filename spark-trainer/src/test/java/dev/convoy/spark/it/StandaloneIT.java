package dev.convoy.spark.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A standalone cluster that gives up, or never gets as far. */
class StandaloneIT {
  @TempDir Path folder;

  private StandaloneCluster cluster;

  @BeforeEach
  void start() throws Exception {
    cluster = StandaloneCluster.start(folder);
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  private Launcher training() {
    return cluster.master(
        Launcher.shortTraining(folder, Launcher.MODERN)
            .executors(2, 1)
            .set("train.steps", 100_000)
            .set("checkpoint.every", "\"20 steps\"")
            .set("cluster.timeouts.executors", "10m"));
  }

  private void assertEndedAtOnce(Ended ended, long sinceNanos) throws Exception {
    Duration took = Duration.ofNanos(System.nanoTime() - sinceNanos);
    assertTrue(took.compareTo(Duration.ofSeconds(20)) < 0, () -> took + " " + ended);
    assertEquals("failed", RunOutputs.record(folder.resolve("run")).path("outcome").asText());
  }

  @Test
  void anApplicationThatTheMasterKilledIsToldOfOnceWithAWordOnHowToGoOn() throws Exception {
    cluster.addWorker(2, 2048);
    Running running = training().start();
    running.awaitCheckpoint(40);
    long killed = System.nanoTime();
    cluster.killApplication();
    Ended ended = running.await().requireStatus(1);
    assertTrue(
        ended
            .sentence()
            .matches(
                "convoy: failed: the cluster has ended the application \\(Master removed our"
                    + " application: KILLED\\); --resume goes on from the checkpoint at step"
                    + " \\d+0( \\(details in .*)?"),
        ended::toString);
    assertFalse(String.join("\n", ended.out()).contains("ended early"), ended::toString);
    assertEndedAtOnce(ended, killed);
  }

  @Test
  @Tag("long")
  void anApplicationThatIsKilledWhileItWaitsForExecutorsIsToldOf() throws Exception {
    cluster.addWorker(2, 2048);
    Running running = training().start();
    running.awaitCheckpoint(40);
    cluster.killWorkers();
    running.awaitLine("^attempt 1 ended early: ");
    running.awaitLine(
        "^waiting for executors of spark://\\S+: 0 of 2 are there; the master has no worker that"
            + " answers, and needed is room for 2 of 1 core and 1024 MiB; at most 600 s");
    long killed = System.nanoTime();
    cluster.killApplication();
    Ended ended = running.await().requireStatus(1);
    assertTrue(
        ended
            .sentence()
            .startsWith(
                "convoy: failed: the cluster has ended the application (Master removed our"
                    + " application: KILLED); --resume goes on from the checkpoint at step "),
        ended::toString);
    assertEndedAtOnce(ended, killed);
  }

  /** The master starts such executors for ever: each seems to run for a moment. */
  @Test
  void executorsThatDieAsTheyStartAreToldOfWithTheEndOfTheirLog() throws Exception {
    cluster.addWorker(2, 2048);
    Ended ended =
        training().env("CONVOY_EXECUTOR_JAVA_OPTIONS", "-XX:+UseG1GC").run().requireStatus(1);
    assertTrue(
        ended
            .sentence()
            .matches(
                "convoy: failed: only 0 of the 2 executors asked for are there; the others exit"
                    + " while starting: \"Multiple garbage collectors selected\" \\(the end of"
                    + " http://127.0.0.1:\\d+/logPage/\\?appId=app-\\S+&executorId=\\d+&logType="
                    + "stdout\\); cluster.min-executors is 1.*"),
        ended::toString);
    assertTrue(ended.took().compareTo(Duration.ofSeconds(60)) < 0, ended::toString);
  }

  /** Where the worker cannot even start a process, the master gives up after ten. */
  @Test
  @Tag("long")
  void executorsThatCannotBeStartedAreToldOf() throws Exception {
    cluster.addWorker(2, 2048);
    Ended ended =
        training().with("--conf", "spark.executorEnv.JAVA_HOME=" + folder).run().requireStatus(1);
    assertTrue(
        ended.sentence().contains("exit while starting: ")
            || ended.sentence().contains("(Master removed our application: FAILED)"),
        ended::toString);
    assertTrue(ended.took().compareTo(Duration.ofSeconds(60)) < 0, ended::toString);
  }

  @Test
  @Tag("long")
  void whatTheWorkersLackIsToldAtOnceAndInTheEnd() throws Exception {
    cluster.addWorker(1, 2048);
    Running running =
        training().set("cluster.min-executors", 2).set("cluster.timeouts.executors", "20s").start();
    String lack =
        "the workers have room for 0 of the missing executors, and needed is room for 1 of 1 core"
            + " and 1024 MiB (127.0.0.1 has 0 of 1 cores and 1024 of 2048 MiB free)";
    Ended ended = running.await().requireStatus(1);
    ended.requireLine(
        "^waiting for executors of spark://\\S+: [01] of 2 are there; \\Q" + lack + "\\E; at most");
    assertTrue(
        ended
            .sentence()
            .startsWith(
                "convoy: failed: only 1 of the 2 executors asked for are there; the others did not"
                    + " come within 20 s (cluster.timeouts.executors); "
                    + lack),
        ended::toString);
  }
}
