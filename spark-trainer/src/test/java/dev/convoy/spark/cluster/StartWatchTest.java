package dev.convoy.spark.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;

class StartWatchTest {
  private record Constant(int value) implements ExecutorTask<Integer>, Serializable {
    @Override
    public Integer run() {
      return value;
    }
  }

  /** Spark counts the slots that there are, and then waits for them to be free. */
  @Test
  void tasksThatFindNoSlotAreNotWaitedForWithoutEnd() throws Exception {
    SparkConf settings =
        new SparkConf()
            .setMaster("local[2]")
            .setAppName("StartWatchTest")
            .set("spark.ui.enabled", "false")
            .set("spark.driver.host", "127.0.0.1");
    try (SparkApplication spark =
        new SparkApplication(
            new JavaSparkContext(settings),
            ApplicationEnd.watch(),
            RemovedExecutors.watch(),
            Optional.empty(),
            Duration.ofSeconds(2))) {
      assertEquals(List.of(1, 2), spark.barrier(List.of(new Constant(1), new Constant(2))));

      JavaFutureAction<Void> occupies =
          spark.context().parallelize(List.of(0), 1).foreachAsync(any -> Thread.sleep(60_000));
      while (spark.context().statusTracker().getActiveJobIds().length == 0) {
        Thread.sleep(50);
      }
      assertEquals(
          "the tasks have not started within 2 s (cluster.timeouts.executors), for want of an"
              + " executor that was lost",
          assertThrows(
                  SparkException.class,
                  () -> spark.barrier(List.of(new Constant(1), new Constant(2))))
              .getMessage());
      assertTrue(occupies.cancel(true));
    }
  }
}
