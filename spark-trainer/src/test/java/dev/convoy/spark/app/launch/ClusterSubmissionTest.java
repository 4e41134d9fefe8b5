package dev.convoy.spark.app.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** On the messages of Spark 4.2. */
class ClusterSubmissionTest {
  private static final String REPORT =
      "Application report for application_1796039779735_0003 (state: ACCEPTED)";

  private final List<String> console = new ArrayList<>();

  private ClusterSubmission submission(String... words) {
    return new ClusterSubmission(List.of(words), console::add);
  }

  @Test
  void anApplicationWhoseDriverIsElsewhereIsNamedOnce() {
    ClusterSubmission submission = submission("--master", "yarn", "--deploy-mode", "cluster");
    submission.said(REPORT);
    submission.said(REPORT);
    assertEquals(
        List.of(
            "convoy: submitted application_1796039779735_0003, whose driver runs in the cluster:"
                + " yarn logs -applicationId application_1796039779735_0003 shows what it prints"),
        console);
    assertEquals(Optional.empty(), submission.failure());
  }

  @Test
  void anApplicationWhoseDriverIsHereNeedsNoWord() {
    submission("--master", "yarn", "train", "--deploy-mode", "client").said(REPORT);
    assertEquals(List.of(), console);
  }

  @Test
  void theDriversOwnSentenceIsFoundInTheTraceOfYarn() {
    ClusterSubmission submission = submission("--deploy-mode", "cluster");
    submission.said(REPORT);
    submission.said(
        "Application diagnostics message: Uncaught exception: org.apache.spark.SparkException:"
            + " Exception thrown in awaitResult: \n\tat a.b(C.scala:1)\nCaused by:"
            + " dev.convoy.spark.app.YarnDriver$Ended: --output /r holds a run\n\n");
    assertEquals(
        Optional.of("--output /r holds a run (application_1796039779735_0003)"),
        submission.failure());
  }

  @Test
  void aDriverOfAStandaloneClusterThatHasFailedIsToldOf() {
    ClusterSubmission submission = submission("--deploy-mode", "cluster");
    submission.said("State of driver driver-20261130122736-0000 is RUNNING");
    assertEquals(Optional.empty(), submission.lost());
    submission.said(
        "State of driver driver-20261130122736-0000 is FAILED, exiting spark-submit JVM.");
    assertEquals(
        Optional.of(
            "the driver driver-20261130122736-0000 has ended as FAILED; what it printed is in its"
                + " worker's folder work/driver-20261130122736-0000"),
        submission.lost());
  }

  @Test
  void whereTheDriverSaysNothingYarnsOwnFirstLineIsTold() {
    ClusterSubmission submission = submission("--deploy-mode", "cluster");
    submission.said(REPORT);
    submission.said("Application diagnostics message: AM Container exited with 143\nmore");
    assertEquals(
        Optional.of("AM Container exited with 143 (application_1796039779735_0003)"),
        submission.failure());
  }
}
