package dev.convoy.spark.sync;

import dev.convoy.concurrent.Workers;
import dev.convoy.optim.Optimizer;
import dev.convoy.spark.collective.Collective;
import dev.convoy.spark.collective.PartialSums;
import dev.convoy.spark.collective.Range;
import dev.convoy.spark.telemetry.Phase;
import dev.convoy.spark.telemetry.PhaseTimer;
import java.util.Arrays;

/**
 * Parameter averaging (Moritz et al. 2016, "SparkNet", algorithm 1): every virtual node takes
 * {@code period} steps of its own, then the weights and the optimizer's states of all nodes are
 * averaged, in the same tree as gradients are in {@link AllReduce}. Each virtual node has weights
 * of its own, so an executor needs memory for as many copies as it carries nodes.
 */
public final class Averaging implements Synchronization {
  private final Collective collective;
  private final Optimizer optimizer;
  private final Workers workers;
  private final PhaseTimer timer;
  private final int period;
  private final long lastStep;
  private final Range block;
  private final PartialSums sums;
  private final float[] sliceSum;
  private final float[][] weights;
  private final float[][] states;
  private final float[][] gradients;
  private boolean inStep = true;

  /**
   * Begins with the given weights in every node.
   *
   * @param period steps from one average to the next
   * @param steps of the whole run, whose last one averages too
   */
  public Averaging(
      Collective collective,
      Optimizer optimizer,
      Workers workers,
      PhaseTimer timer,
      float[] initial,
      int period,
      long steps) {
    this.collective = collective;
    this.optimizer = optimizer;
    this.workers = workers;
    this.timer = timer;
    this.period = period;
    lastStep = steps - 1;
    block = collective.virtualNodes().block(collective.rank());
    sums = collective.partialSums(workers.count());
    sliceSum = new float[collective.slice().length()];
    weights = new float[block.length()][];
    states = new float[block.length()][initial.length];
    gradients = new float[workers.count()][initial.length];
    Arrays.setAll(weights, i -> initial.clone());
  }

  @Override
  public void step(long step, float learningRate, NodeGradient nodes) throws Exception {
    workers.run(
        block.length(),
        (worker, task) -> {
          float[] gradient = gradients[worker];
          nodes.compute(worker, step, block.from() + task, weights[task], gradient);
          long start = System.nanoTime();
          optimizer.update(
              weights[task], 0, gradient.length, gradient, 1f, learningRate, states[task]);
          timer.add(Phase.UPDATE, System.nanoTime() - start);
        });
    inStep = (step + 1) % period == 0 || step == lastStep;
    if (inStep) {
      long start = System.nanoTime();
      average(weights);
      average(states);
      timer.addForAll(Phase.COMMUNICATION, System.nanoTime() - start);
    }
  }

  /** Replaces each vector by the mean of those of all virtual nodes. */
  private void average(float[][] vectors) throws Exception {
    sums.reset();
    workers.run(
        block.length(),
        (worker, task) -> {
          int node = block.from() + task;
          System.arraycopy(vectors[task], 0, sums.buffer(node), 0, vectors[task].length);
          sums.add(node);
        });
    collective.reduceScatter(sums.partials(), sliceSum);
    float reciprocal = 1f / collective.virtualNodes().count();
    float[] mean = vectors[0];
    int from = collective.slice().from();
    for (int i = 0; i < sliceSum.length; i++) {
      mean[from + i] = sliceSum[i] * reciprocal;
    }
    collective.allGather(mean);
    for (int i = 1; i < vectors.length; i++) {
      System.arraycopy(mean, 0, vectors[i], 0, mean.length);
    }
  }

  @Override
  public boolean inStep() {
    return inStep;
  }

  @Override
  public float[] weights() {
    return weights[0];
  }

  @Override
  public Range stateSlice() {
    return collective.slice();
  }

  @Override
  public float[] state() {
    return Arrays.copyOfRange(states[0], stateSlice().from(), stateSlice().to());
  }

  /** Every node needs the whole state, so the slices are gathered. */
  @Override
  public void restore(float[] restored) {
    System.arraycopy(restored, 0, states[0], stateSlice().from(), restored.length);
    collective.allGather(states[0]);
    for (int i = 1; i < states.length; i++) {
      System.arraycopy(states[0], 0, states[i], 0, states[0].length);
    }
  }
}
