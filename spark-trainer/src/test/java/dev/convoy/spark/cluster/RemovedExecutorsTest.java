package dev.convoy.spark.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** On the messages of Spark 4.2. */
class RemovedExecutorsTest {
  private final RemovedExecutors removed = RemovedExecutors.watch();

  @AfterEach
  void close() {
    removed.close();
  }

  @Test
  void theReasonForAnExecutorIsHeardUpToTheEndOfItsLine() {
    removed.said(
        "Requesting driver to remove executor 7 for reason Container killed by YARN for exceeding"
            + " physical memory limits.\nDump of the process-tree");
    assertEquals(
        Map.of("7", "Container killed by YARN for exceeding physical memory limits."),
        removed.reasons());
  }

  @Test
  void otherLinesAreNoReasons() {
    removed.said("Attempted to get executor loss reason for executor id 7");
    assertEquals(Map.of(), removed.reasons());
  }
}
