package dev.convoy.spark.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;

/**
 * On texts in the form that Spark 4.2 gives them, cut after a line or two; that of SIGKILL is from
 * a log.
 */
class StageFailureTest {
  private static final String BARRIER =
      "Job aborted due to stage failure: Could not recover from a failed barrier ResultStage."
          + " Most recent failure reason: Stage failed because barrier task ResultTask(0, 0)"
          + " finished unsuccessfully.\n";

  private static void assertSentence(String sentence, String text) {
    assertEquals(sentence, StageFailure.of(new SparkException(text)));
  }

  @Test
  void aKilledExecutorIsNamedAndMemoryIsOnlyAGuess() {
    assertSentence(
        "executor 0 was lost: Command exited with code 137 (killed, perhaps by a system short of"
            + " memory)",
        BARRIER
            + "ExecutorLostFailure (executor 0 exited caused by one of the running tasks) Reason:"
            + " Command exited with code 137");
  }

  @Test
  void anExecutorWhoseHeapWasFullIsToldOfTheKey() {
    assertSentence(
        "executor 1 was lost: Command exited with code 52 (out of memory: raise cluster.memory)",
        BARRIER
            + "ExecutorLostFailure (executor 1 exited caused by one of the running tasks) Reason:"
            + " Command exited with code 52");
  }

  @Test
  void ofAnExceptionOnlyItsMessageIsTold() {
    assertSentence(
        "all-gather: rank 1 closed the connection",
        BARRIER
            + "dev.convoy.collective.transport.CollectiveException: all-gather: rank 1 closed the"
            + " connection\n\tat dev.convoy.collective.AllGather.run(AllGather.java:50)\n"
            + "\tat java.base/java.lang.Thread.run(Thread.java:840)\n"
            + "Caused by: java.io.IOException: Connection reset by peer\n");
  }

  @Test
  void aFullHeapInsideATaskIsToldOfTheKey() {
    assertSentence(
        "Java heap space (out of memory: raise cluster.memory)",
        BARRIER
            + "java.lang.OutOfMemoryError: Java heap space\n"
            + "\tat dev.convoy.nn.Replica.training(Replica.java:30)\n");
  }

  @Test
  void whatIsNotKnownIsToldByItsFirstLine() {
    assertSentence(
        "Job 0 cancelled because SparkContext was shut down",
        "Job 0 cancelled because SparkContext was shut down\n\tat org.apache.spark.X.y(X.scala:1)");
  }

  @Test
  void aFailureWithoutAWordIsStillASentence() {
    assertSentence("no reason given", "");
  }
}
