package dev.convoy.spark.cluster;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkException;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Cancels a barrier stage whose tasks do not start. Spark counts executors before it submits the
 * stage; if one is lost after that, the stage waits for another without end and without a word.
 */
final class StartWatch extends SparkListener implements AutoCloseable {
  private final SparkContext spark;
  private final String group;
  private final Duration patience;
  private final Set<Integer> stages = ConcurrentHashMap.newKeySet();

  /** Counted down by the first task, for all of a barrier stage start at once; or by the end. */
  private final CountDownLatch started = new CountDownLatch(1);

  private volatile boolean cancelled;

  /**
   * Watches the job that this thread starts next.
   *
   * @param group a name that no other job has
   */
  StartWatch(SparkContext spark, String group, Duration patience) {
    this.spark = spark;
    this.group = group;
    this.patience = patience;
    spark.addSparkListener(this);
    spark.setJobGroup(group, group, false);
    Thread thread = new Thread(this::watch, group);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void onJobStart(SparkListenerJobStart job) {
    if (job.properties() != null
        && group.equals(job.properties().getProperty("spark.jobGroup.id"))) {
      CollectionConverters.asJava(job.stageIds()).forEach(id -> stages.add((Integer) id));
    }
  }

  @Override
  public void onTaskStart(SparkListenerTaskStart task) {
    if (stages.contains(task.stageId())) {
      started.countDown();
    }
  }

  private void watch() {
    try {
      if (!started.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        cancelled = true;
        spark.cancelJobGroup(group);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Explains a job that failed because it was cancelled here.
   *
   * @throws SparkException in place of the job's own exception
   */
  void explain() throws SparkException {
    if (cancelled) {
      throw new SparkException(
          String.format(
              Locale.ROOT,
              "the tasks have not started within %d s (cluster.timeouts.executors), for want of an"
                  + " executor that was lost",
              patience.toSeconds()));
    }
  }

  @Override
  public void close() {
    started.countDown();
    spark.clearJobGroup();
    spark.removeSparkListener(this);
  }
}
