package dev.convoy.spark.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** On the messages of Spark 4.2. */
class ApplicationEndTest {
  private final ApplicationEnd end = ApplicationEnd.watch();

  @AfterEach
  void close() {
    end.close();
  }

  @Test
  void anErrorThatSparkLogsIsHeard() {
    LoggerFactory.getLogger("org.apache.spark.scheduler.cluster.StandaloneSchedulerBackend")
        .error("Application has been killed. Reason: Master removed our application: KILLED");
    assertEquals(Optional.of("Master removed our application: KILLED"), end.reason());
  }

  @Test
  void whatComesAfterTheWatchIsNotHeard() {
    end.close();
    LoggerFactory.getLogger("org.apache.spark.scheduler.cluster.StandaloneSchedulerBackend")
        .error("Application has been killed. Reason: Master removed our application: KILLED");
    assertEquals(Optional.empty(), end.reason());
  }

  @Test
  void otherErrorsEndNothing() {
    end.said("Lost executor 1 on 10.0.0.1: Command exited with code 137");
    assertEquals(Optional.empty(), end.reason());
  }

  @Test
  void theFirstReasonCounts() {
    end.said("Application has been killed. Reason: All masters are unresponsive! Giving up.");
    end.said("Application has been killed. Reason: Master removed our application: FAILED");
    assertEquals(Optional.of("All masters are unresponsive! Giving up."), end.reason());
  }

  @Test
  void yarnSaysWhyInASecondMessage() {
    end.said("Diagnostics message: of nothing");
    end.said(
        "YARN application has exited unexpectedly with state FAILED! Check the YARN application"
            + " logs for more details.");
    end.said("Diagnostics message: Max number of executor failures (4) reached\nand more");
    assertEquals(
        Optional.of(
            "YARN application has exited unexpectedly with state FAILED: Max number of executor"
                + " failures (4) reached"),
        end.reason());
  }
}
