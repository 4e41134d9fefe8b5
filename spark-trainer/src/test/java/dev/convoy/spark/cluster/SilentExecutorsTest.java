package dev.convoy.spark.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.collective.transport.CollectiveException;
import dev.convoy.collective.transport.Listener;
import dev.convoy.collective.transport.Mesh;
import dev.convoy.collective.transport.MeshOptions;
import dev.convoy.collective.transport.PortRange;
import dev.convoy.collective.transport.Secret;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.spark.ExceptionFailure;
import org.apache.spark.TaskEndReason;
import org.apache.spark.executor.ExecutorMetrics;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.scheduler.TaskInfo;
import org.apache.spark.scheduler.TaskLocality;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import scala.jdk.javaapi.CollectionConverters;

class SilentExecutorsTest {
  private static final int STAGE = 7;

  private final SilentExecutors executors = new SilentExecutors();

  @BeforeEach
  void start() {
    for (int rank = 0; rank < 3; rank++) {
      executors.onTaskStart(new SparkListenerTaskStart(STAGE, 0, task(rank)));
    }
  }

  private static TaskInfo task(int rank) {
    return new TaskInfo(
        rank, rank, 0, rank, 0, "executor-" + rank, "host", TaskLocality.ANY(), false);
  }

  private void end(int stage, int rank, Throwable failure) {
    TaskEndReason reason =
        new ExceptionFailure(
            failure, CollectionConverters.asScala(List.<AccumulableInfo>of()).toSeq());
    executors.onTaskEnd(
        new SparkListenerTaskEnd(
            stage, 0, "ResultTask", reason, task(rank), new ExecutorMetrics(), new TaskMetrics()));
  }

  private List<String> silent() throws InterruptedException {
    return executors.find(Duration.ofMillis(50)).stream().map(TaskInfo::executorId).toList();
  }

  /** What a rank throws that waits for another in vain. */
  private static CollectiveException missing(int peer) throws IOException {
    ServerSocketChannel server = Listener.bind("127.0.0.1", PortRange.ANY);
    InetSocketAddress here = (InetSocketAddress) server.getLocalAddress();
    MeshOptions options =
        new MeshOptions(
            0,
            List.of(here, here, here),
            server,
            Secret.of(new byte[32]),
            "job",
            1,
            false,
            Duration.ofMillis(100),
            Duration.ofMillis(100));
    return assertThrows(CollectiveException.class, () -> Mesh.open(options, Set.of(peer)).close());
  }

  @Test
  void whoIsMissedAndDoesNotEndIsSilent() throws Exception {
    end(STAGE, 0, new IllegalStateException("a worker failed", missing(2)));
    end(STAGE, 1, new IOException("Connection reset by peer"));
    assertEquals(List.of("executor-2"), silent());
  }

  @Test
  void whoIsMissedBecauseItMissedAnotherIsNot() throws Exception {
    end(STAGE, 0, missing(1));
    end(STAGE, 1, missing(2));
    assertEquals(List.of("executor-2"), silent());
  }

  @Test
  void whoMerelyComputesIsNot() throws Exception {
    end(STAGE, 0, new IllegalStateException("a fault of its own"));
    assertEquals(List.of(), silent());
  }

  @Test
  void anotherStageBeginsAnew() throws Exception {
    end(STAGE, 0, missing(2));
    executors.onTaskStart(new SparkListenerTaskStart(STAGE + 1, 0, task(2)));
    end(STAGE, 1, missing(2));
    assertEquals(List.of(), silent());
  }
}
