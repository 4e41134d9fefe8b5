package dev.convoy.train;

import dev.convoy.collective.Range;
import dev.convoy.concurrent.Worker;
import dev.convoy.optim.Optimizer;
import dev.convoy.optim.OptimizerShard;

/**
 * The optimizer on one slice, shared by the workers of a team: each updates a contiguous part of
 * whole {@link Optimizer#BLOCK}s.
 */
final class Update {
  /** Exchanges the sums of squares between executors; one worker calls it. */
  @FunctionalInterface
  interface Exchange {
    /** Fills in the sums of the other executors. */
    void gather(float[] sums);
  }

  private final Optimizer optimizer;
  private final OptimizerShard slice;
  private final Range range;
  private final Exchange exchange;
  private final float[] sums;

  /**
   * @param range that {@code slice} has in the flat vector
   * @param exchange the exchange with the executors that own the rest of the vector
   */
  Update(Optimizer optimizer, OptimizerShard slice, Range range, Exchange exchange) {
    this.optimizer = optimizer;
    this.slice = slice;
    this.range = range;
    this.exchange = exchange;
    sums = new float[optimizer.sumsBefore(slice.weights().length)];
  }

  /** Updates the slice in one step; all workers call it, and put a barrier behind it. */
  void run(Worker worker, float learningRate) {
    int blocks = (range.length() + Optimizer.BLOCK - 1) / Optimizer.BLOCK;
    int from = at(worker.from(blocks));
    int to = at(worker.to(blocks));
    if (sums.length > 0) {
      optimizer.sum(slice, from, to, sums);
      worker.barrier();
      if (worker.first()) {
        exchange.gather(sums);
        optimizer.prepare(sums);
      }
      worker.barrier();
    }
    optimizer.update(slice, from, to, learningRate);
  }

  private int at(int block) {
    return (int) Math.min(range.to(), range.from() + (long) block * Optimizer.BLOCK);
  }
}
