package dev.convoy.spark.train;

import dev.convoy.spark.cluster.ExecutorTask;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.SparkEnv;

/**
 * The checks of one executor.
 *
 * @param job configuration and settings
 * @param output the folder that the run would have
 * @param heapBytes what the plan says that an executor needs of its heap
 */
public record PreflightTask(JobSpec job, String output, long heapBytes)
    implements ExecutorTask<PreflightReport> {
  @Override
  public PreflightReport run() throws Exception {
    BarrierTaskContext context = BarrierTaskContext.get();
    String host = SparkEnv.get().blockManager().blockManagerId().host();
    return new ExecutorChecks(this, host, context).report();
  }
}
