package dev.convoy.spark.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.data.DataException;
import dev.convoy.spark.config.UserError;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.util.Optional;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;

/** What another attempt may heal, and what it cannot. */
class TaskFailureTest {
  private static void assertPasses(Throwable thrown) {
    assertEquals(Optional.empty(), TaskFailure.of(thrown));
    assertEquals(Optional.empty(), TaskFailure.of(new RuntimeException("a worker failed", thrown)));
  }

  private static void assertLasts(boolean refused, String sentence, Throwable thrown) {
    assertEquals(Optional.of(new TaskFailure(refused, sentence)), TaskFailure.of(thrown));
  }

  @Test
  void connectionsAndSilenceMayBeHealed() {
    assertPasses(new IOException("Connection reset by peer"));
    assertPasses(new ConnectException("Connection refused"));
    assertPasses(new SocketTimeoutException("60000 millis timeout"));
    assertPasses(new EOFException());
    assertPasses(new IOException("Too many open files"));
    assertPasses(new InterruptedException());
    assertPasses(new IllegalStateException("the driver cannot be reached", new IOException("x")));
  }

  @Test
  void theUsersDataAndConfigurationStayAsTheyAre() {
    assertLasts(true, "broken", new DataException("broken"));
    assertLasts(true, "broken", new IllegalStateException("read", new DataException("broken")));
    assertLasts(true, "wrong", new UserError("wrong"));
  }

  @Test
  void theMachineAndTheProgramStayAsTheyAre() {
    assertLasts(false, "No space left on device", new IOException("No space left on device"));
    assertLasts(false, "x (Permission denied)", new FileNotFoundException("x (Permission denied)"));
    assertLasts(false, "there is no file /x", new FileNotFoundException("/x"));
    assertLasts(false, "odd", new IllegalStateException("odd"));
    assertLasts(
        false, "the stack of a thread is full; raise it by -Xss4m", new StackOverflowError());
    assertLasts(
        false,
        "the class dev.convoy.X is missing; Convoy's jar and Spark's jars do not belong together",
        new NoClassDefFoundError("dev/convoy/X"));
    assertLasts(
        false,
        "no such library",
        new ExceptionInInitializerError(new IllegalStateException("no such library")));
  }

  @Test
  void aFullMemoryIsToldOnceWithWhatToRaise() {
    assertLasts(
        false,
        "out of memory on an executor: the heap of the JVM is full (Java heap space); raise"
            + " cluster.memory",
        new OutOfMemoryError("Java heap space"));
    assertEquals(
        "the memory for classes of the JVM is full (Metaspace); raise it by -XX:MaxMetaspaceSize",
        FailureText.of(new OutOfMemoryError("Metaspace")));
    assertEquals(
        "the memory outside of the heap of the JVM is full (Direct buffer memory); raise it by"
            + " -XX:MaxDirectMemorySize",
        FailureText.of(new OutOfMemoryError("Direct buffer memory")));
  }

  @Test
  void ofAStageSparkKnowsAFullHeapByItsStatus() {
    String lost = "ExecutorLostFailure (executor 1 exited …) Reason: Command exited with code ";
    assertEquals(
        Optional.of(
            new TaskFailure(
                false,
                "executor 1 was lost: Command exited with code 52 (out of memory: raise"
                    + " cluster.memory)")),
        TaskFailure.of(new SparkException(lost + 52)));
    assertEquals(Optional.empty(), TaskFailure.of(new SparkException(lost + 137)));
  }

  @Test
  void aReportCarriesAResultOrAFailureAndThrowsTheRest() throws Exception {
    assertEquals(new TaskReport.Done<>("a!b"), TaskReport.of(() -> "a!b"));
    TaskReport<String> report =
        TaskReport.of(
            () -> {
              throw new DataException("broken");
            });
    assertEquals(new TaskReport.Failed<String>(new TaskFailure(true, "broken")), report);
    assertThrows(
        ConnectException.class,
        () ->
            TaskReport.of(
                () -> {
                  throw new ConnectException("Connection refused");
                }));
  }
}
