package dev.convoy.spark.train;

import dev.convoy.spark.cluster.ExecutorTask;
import org.apache.spark.BarrierTaskContext;

/**
 * The {@link TrainTask} of one rank of an attempt, as it travels from the driver.
 *
 * @param job configuration and settings
 * @param output the run's folder
 * @param lease the token of the driver's lease of that folder
 * @param identity what defines the run, kept in checkpoints
 * @param checkpoint name of the checkpoint to begin from if executors' memory has nothing newer, or
 *     null
 * @param checkpointStep the steps done at that checkpoint; 0 without one
 * @param attempt counted from 1
 * @param secret that lets the executors of this job trust each other
 */
public record TrainSpec(
    JobSpec job,
    String output,
    String lease,
    String identity,
    String checkpoint,
    long checkpointStep,
    int attempt,
    JobSecret secret)
    implements ExecutorTask<AttemptResult> {

  @Override
  public AttemptResult run() throws Exception {
    return new TrainTask(this).run(BarrierTaskContext.get());
  }
}
