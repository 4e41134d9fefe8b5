package dev.convoy.spark.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Which line of an executor's output says why it has ended. */
class ExecutorLogTest {
  private static String reason(String log) {
    return ExecutorLog.reason(log.lines().toList());
  }

  @Test
  void aJvmThatDoesNotStart() {
    assertEquals(
        "Multiple garbage collectors selected",
        reason(
            """
            Spark Executor Command: "/usr/lib/jvm/bin/java" "-cp" "/tmp/jars/*"
            ========================================

            Error occurred during initialization of VM
            Multiple garbage collectors selected
            """));
    assertEquals(
        "Unrecognized VM option 'UseNothing'",
        reason(
            """
            Picked up JAVA_TOOL_OPTIONS: -Da=b
            Unrecognized VM option 'UseNothing'
            Error: Could not create the Java Virtual Machine.
            Error: A fatal exception has occurred. Program will exit.
            """));
  }

  @Test
  void theDeepestCauseOfTheLastException() {
    assertEquals(
        "java.net.UnknownHostException: my_laptop: Name or service not known",
        reason(
            """
            WARNING: Using incubator modules: jdk.incubator.vector
            2026-11-29 12:00:00.000 INFO  SecurityManager: Changing view acls to: someone
            Exception in thread "main" java.lang.reflect.UndeclaredThrowableException
            \tat org.apache.hadoop.security.UserGroupInformation.doAs(UserGroupInformation.java:1)
            Caused by: java.lang.IllegalStateException: no
            \tat org.apache.spark.A.b(A.scala:12)
            Caused by: java.net.UnknownHostException: my_laptop: Name or service not known
            \t... 13 more
            2026-11-29 12:00:01.000 INFO  ShutdownHookManager: Shutdown hook called
            """));
  }

  @Test
  void aLogWithoutAnythingToTell() {
    assertEquals("", reason("\n\n"));
  }
}
