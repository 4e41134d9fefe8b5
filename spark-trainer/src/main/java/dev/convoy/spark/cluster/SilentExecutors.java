package dev.convoy.spark.cluster;

import dev.convoy.collective.transport.CollectiveException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.spark.ExceptionFailure;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.scheduler.TaskInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the executors that hang or whose link is cut. Spark misses one only after two minutes
 * without a heartbeat, and would begin every attempt until then with an executor that never
 * answers.
 *
 * <p>Ranks name the peer for which they waited in vain; but that one may have waited for another.
 * Whoever is silent does not end its task either, as all others do when an attempt fails.
 */
final class SilentExecutors extends SparkListener {
  private static final Logger LOG = LoggerFactory.getLogger(SilentExecutors.class);

  private final Map<Integer, TaskInfo> running = new HashMap<>();
  private final Set<Integer> missed = new HashSet<>();
  private final Set<String> leftOut = new HashSet<>();
  private int stage = -1;

  @Override
  public synchronized void onTaskStart(SparkListenerTaskStart task) {
    if (task.stageId() != stage) {
      stage = task.stageId();
      running.clear();
      missed.clear();
    }
    running.put(task.taskInfo().index(), task.taskInfo());
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd task) {
    if (task.stageId() != stage) {
      return;
    }
    running.remove(task.taskInfo().index());
    if (task.reason() instanceof ExceptionFailure failure && failure.exception().isDefined()) {
      missed(failure.exception().get());
    }
    notifyAll();
  }

  private void missed(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof CollectiveException collective) {
        switch (collective.kind()) {
          case SILENT, UNREACHABLE -> missed.add(collective.peer());
          default -> {}
        }
      }
    }
  }

  /**
   * Returns the executors whose rank a peer has missed and which have not ended their task in the
   * attempt that has just failed.
   *
   * @param patience how long to wait for the ends of those that were missed
   */
  synchronized List<TaskInfo> find(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    List<TaskInfo> silent = silent();
    for (long left = patience.toNanos(); !silent.isEmpty() && left > 0; ) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      silent = silent();
      left = end - System.nanoTime();
    }
    return silent;
  }

  private List<TaskInfo> silent() {
    List<TaskInfo> silent = new ArrayList<>();
    for (int rank : missed) {
      if (running.containsKey(rank)) {
        silent.add(running.get(rank));
      }
    }
    return silent;
  }

  /** Does not count on an executor any more; has the cluster end it and start another. */
  void leaveOut(SparkContext spark, String executor) {
    synchronized (this) {
      leftOut.add(executor);
    }
    try {
      spark.killAndReplaceExecutor(executor);
    } catch (Exception e) { // Scala declares none
      LOG.warn("the cluster was not told to replace executor {}", executor, e);
    }
  }

  /** Returns whether an executor is left out, though Spark may still hold it for alive. */
  synchronized boolean isLeftOut(String executor) {
    return leftOut.contains(executor);
  }
}
