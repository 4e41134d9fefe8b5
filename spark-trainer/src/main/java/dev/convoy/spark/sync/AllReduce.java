package dev.convoy.spark.sync;

import dev.convoy.concurrent.Workers;
import dev.convoy.optim.Optimizer;
import dev.convoy.spark.collective.Collective;
import dev.convoy.spark.collective.PartialSums;
import dev.convoy.spark.collective.Range;
import dev.convoy.spark.telemetry.Phase;
import dev.convoy.spark.telemetry.PhaseTimer;

/**
 * Synchronous SGD: gradients of all virtual nodes are summed in the tree over their numbers, slice
 * by slice at the slice's owner (reduce-scatter); the owner updates its slice of the weights, and
 * everybody gets every slice (all-gather). An executor holds the optimizer's state of its slice
 * only.
 */
public final class AllReduce implements Synchronization {
  private final Collective collective;
  private final Optimizer optimizer;
  private final Workers workers;
  private final PhaseTimer timer;
  private final float[] weights;
  private final PartialSums sums;
  private final Range slice;
  private final float[] sliceSum;
  private final float[] state;
  private final float reciprocal;

  /** Begins with the given weights, which it owns from now on. */
  public AllReduce(
      Collective collective,
      Optimizer optimizer,
      Workers workers,
      PhaseTimer timer,
      float[] weights) {
    this.collective = collective;
    this.optimizer = optimizer;
    this.workers = workers;
    this.timer = timer;
    this.weights = weights;
    sums = collective.partialSums(workers.count());
    slice = collective.slice();
    sliceSum = new float[slice.length()];
    state = new float[slice.length()];
    reciprocal = 1f / collective.virtualNodes().count();
  }

  @Override
  public void step(long step, float learningRate, NodeGradient nodes) throws Exception {
    sumGradients(step, nodes);
    long start = System.nanoTime();
    collective.reduceScatter(sums.partials(), sliceSum);
    long summed = System.nanoTime();
    optimizer.update(weights, slice.from(), slice.to(), sliceSum, reciprocal, learningRate, state);
    long updated = System.nanoTime();
    collective.allGather(weights);
    timer.addForAll(Phase.UPDATE, updated - summed);
    timer.addForAll(Phase.COMMUNICATION, summed - start + System.nanoTime() - updated);
  }

  private void sumGradients(long step, NodeGradient nodes) throws Exception {
    Range block = collective.virtualNodes().block(collective.rank());
    sums.reset();
    workers.run(
        block.length(),
        (worker, task) -> {
          int node = block.from() + task;
          nodes.compute(worker, step, node, weights, sums.buffer(node));
          sums.add(node);
        });
  }

  @Override
  public boolean inStep() {
    return true;
  }

  @Override
  public float[] weights() {
    return weights;
  }

  @Override
  public Range stateSlice() {
    return slice;
  }

  @Override
  public float[] state() {
    return state;
  }

  @Override
  public void restore(float[] restored) {
    System.arraycopy(restored, 0, state, 0, state.length);
  }
}
