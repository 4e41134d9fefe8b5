package dev.convoy.spark.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.yarn.api.records.YarnApplicationState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Applications on YARN, whose driver is the process that submits or one of the containers. */
class YarnIT {
  @TempDir static Path shared;

  private static YarnCluster yarn;

  @TempDir Path folder;

  @BeforeAll
  static void start() throws Exception {
    yarn = YarnCluster.start(shared);
  }

  @AfterAll
  static void stop() throws Exception {
    yarn.close();
  }

  private Launcher training(String run) {
    return yarn.master(ReferenceRun.training(folder.resolve(run)))
        .executors(2, 1)
        .output("/runs/" + run);
  }

  @Test
  void aRunOfTwoContainersWhoseDriverIsHereHasTheOneHash() throws Exception {
    assertEquals(ReferenceRun.digest(), training("client").run().digest());
  }

  @Test
  @Tag("long")
  void aContainerKilledForItsMemoryIsNamedAndTheRunGoesOnToTheOneHash() throws Exception {
    Path wish = folder.resolve("wish");
    Running running =
        longTraining("memory")
            .env("CONVOY_EXECUTOR_JAVA_HOME", hungryJava(wish).toString())
            .start();
    running.awaitCheckpoint(20);
    Files.createFile(wish);
    Ended ended = running.await();
    ended.requireLine(
        "^attempt 1 ended early: executor \\d was lost: Container killed by YARN for exceeding"
            + " physical memory limits\\. .* Consider boosting spark\\.executor\\.memoryOverhead");
    assertEquals(longTraining("undisturbed").executors(1, 1).run().digest(), ended.digest());
  }

  /** So many steps that a container can be killed among them. */
  private Launcher longTraining(String run) {
    return training(run).set("train.steps", 3000).set("evaluate.every", "never");
  }

  @Test
  @Tag("long")
  void aRunWhoseDriverIsAContainerHasTheOneHashAndItsFailuresAreToldHere() throws Exception {
    Ended ended = training("cluster").with("--deploy-mode", "cluster").run().requireStatus(0);
    assertTrue(
        ended.err().contains(", whose driver runs in the cluster: yarn logs -applicationId "),
        ended::toString);
    Launcher digest = Launcher.convoy(folder, "digest", yarn.hdfs() + "/runs/cluster");
    assertEquals(ReferenceRun.digest(), digest.run().digest());
    Ended again = training("cluster").with("--deploy-mode", "cluster").run().requireStatus(1);
    assertTrue(
        again.err().lines().reduce((first, second) -> second).orElse("").contains("--resume"),
        again::toString);
  }

  @Test
  void aQueueThatDoesNotExistIsNamedAtOnce() throws Exception {
    Ended ended =
        training("unknown").with("--conf", "spark.yarn.queue=nowhere").run().requireStatus(1);
    assertTrue(
        ended.sentence().startsWith("convoy: failed: Spark did not start: ")
            && ended.sentence().contains(" to unknown queue: nowhere"),
        ended::toString);
  }

  @Test
  @Tag("long")
  void aQueueWithoutRoomForTheApplicationIsToldSoonAndInTheEndAndLeftEmpty() throws Exception {
    Ended ended = training("small").with("--conf", "spark.yarn.queue=small").run().requireStatus(1);
    String why =
        "application_\\d+_\\d+ is in YARN's queue root\\.small, which has \\d+ MiB left: .*";
    ended.requireLine(
        "^waiting for the cluster to start this application: " + why + "at most 60 s");
    assertTrue(
        ended
            .sentence()
            .matches(
                "convoy: failed: Spark has not started on yarn within 60 s"
                    + " \\(cluster\\.timeouts\\.executors\\); "
                    + why),
        ended::toString);
    assertEquals(YarnApplicationState.KILLED, yarn.newest().getYarnApplicationState());
  }

  @Test
  @Tag("long")
  void aQueueWithoutRoomForExecutorsIsToldAtOnceAndInTheEnd() throws Exception {
    Ended ended =
        training("tight")
            .with("--conf", "spark.yarn.queue=tight")
            .set("cluster.timeouts.executors", "20s")
            .run()
            .requireStatus(1);
    String lack =
        "YARN's queue root\\.tight has \\d+ MiB left \\(\\d+ MiB in use\\), and needed is room for 2 of 1 core"
            + " and 1408 MiB, Spark's overhead included";
    ended.requireLine(
        "^waiting for executors of yarn: 0 of 2 are there; " + lack + "; at most 20 s");
    assertTrue(
        ended
            .sentence()
            .matches(
                "convoy: failed: only 0 of the 2 executors asked for are there; the others did not"
                    + " come within 20 s \\(cluster\\.timeouts\\.executors\\); "
                    + lack
                    + "; cluster\\.min-executors is 1.*"),
        ended::toString);
  }

  /** The heap alone fills these containers, so that each is killed before it has registered. */
  @Test
  @Tag("long")
  void executorsThatYarnKillsAsTheyStartAreToldOf() throws Exception {
    Ended ended =
        training("full")
            .with("--conf", "spark.executor.memoryOverhead=8m")
            .env("CONVOY_EXECUTOR_JAVA_OPTIONS", "-Xms1024m -XX:+AlwaysPreTouch")
            .run()
            .requireStatus(1);
    assertTrue(
        ended.sentence().contains("Container killed by YARN for exceeding physical memory limits"),
        ended::toString);
  }

  /**
   * Returns a Java whose process gets a child that takes 2 GiB when a file of this name is made:
   * one of them, once.
   */
  private Path hungryJava(Path wish) throws Exception {
    Path home = folder.resolve("hungry-java");
    Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
    String script =
        """
        #!/usr/bin/env bash
        (
          while kill -0 $$ && [[ ! -e WISH ]]; do sleep 0.2; done
          mkdir WISH.granted && (head -c 2G /dev/zero; sleep 60) | tail
        ) </dev/null >/dev/null 2>&1 &
        exec JAVA "$@"
        """;
    Files.writeString(
        java,
        script
            .replace("WISH", wish.toString())
            .replace("JAVA", Path.of(System.getProperty("java.home"), "bin/java").toString()));
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    return home;
  }
}
