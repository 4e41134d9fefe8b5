package dev.convoy.spark.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** On the diagnostics of Hadoop 3.5's capacity scheduler. */
class YarnApplicationTest {
  @Test
  void theReasonComesWithoutTheDateAndTheState() {
    assertEquals(
        "Queue's AM resource limit exceeded",
        YarnApplication.reason(
            "[Mon Nov 30 11:35:55 +0000 2026] Application is added to the scheduler and is not yet"
                + " activated. Queue's AM resource limit exceeded.  Details : AM Partition ="
                + " <DEFAULT_PARTITION>; "));
  }

  @Test
  void thereMayBeNoReason() {
    assertEquals("", YarnApplication.reason(null));
    assertEquals("", YarnApplication.reason(" \n"));
  }

  @Test
  void anotherReasonStaysAsItIs() {
    assertEquals(
        "AM container is launched, waiting for AM container to Register with RM",
        YarnApplication.reason(
            "AM container is launched, waiting for AM container to Register with RM"));
  }
}
