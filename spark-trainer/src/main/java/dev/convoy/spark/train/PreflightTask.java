package dev.convoy.spark.train;

import dev.convoy.spark.cluster.ExecutorTask;
import dev.convoy.spark.cluster.Rendezvous;
import org.apache.spark.BarrierTaskContext;

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
    return new ExecutorChecks(this, Rendezvous.host(), BarrierTaskContext.get()).report();
  }
}
