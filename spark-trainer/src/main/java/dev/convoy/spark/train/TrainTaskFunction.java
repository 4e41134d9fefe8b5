package dev.convoy.spark.train;

import dev.convoy.spark.cluster.BarrierFunction;
import org.apache.spark.BarrierTaskContext;

/** What Spark carries to the executors: {@link TrainTask} in a form that can travel. */
record TrainTaskFunction(TaskSpec spec) implements BarrierFunction {
  @Override
  public String call(BarrierTaskContext context) throws Exception {
    return new TrainTask(spec).run(context).encode();
  }
}
