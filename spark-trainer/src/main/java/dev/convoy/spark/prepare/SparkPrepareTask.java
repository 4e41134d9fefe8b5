package dev.convoy.spark.prepare;

import dev.convoy.data.prepare.PrepareTask;
import dev.convoy.spark.cluster.ExecutorTask;
import dev.convoy.spark.cluster.HadoopSettings;
import dev.convoy.spark.telemetry.PreparedImages;
import dev.convoy.spark.telemetry.Telemetry;

/**
 * A preparation's task with what it needs on an executor.
 *
 * @param <R> its result
 * @param hadoop the driver's settings for Hadoop's file systems
 * @param task the task
 */
public record SparkPrepareTask<R>(HadoopSettings hadoop, PrepareTask<R> task)
    implements ExecutorTask<R> {
  /** Only runs of training have several attempts. */
  static final int ATTEMPT = 0;

  @Override
  public R run() throws Exception {
    return task.run(
        hadoop.configuration(), images -> Telemetry.send(ATTEMPT, new PreparedImages(images)));
  }
}
