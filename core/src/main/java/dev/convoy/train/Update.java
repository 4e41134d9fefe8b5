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
  /** Gives every executor the sums of squares of all; one worker calls it. */
  @FunctionalInterface
  interface Exchange {
    /** Fills in what the others have summed. */
    void gather(float[] sums);
  }

  private final Optimizer optimizer;
  private final OptimizerShard slice;
  private final Range range;
  private final Exchange exchange;
  private final float[] sums;

  /**
   * @param range of the flat vector that {@code slice} is
   * @param exchange where other executors have the rest of the vector
   */
  Update(Optimizer optimizer, OptimizerShard slice, Range range, Exchange exchange) {
    this.optimizer = optimizer;
    this.slice = slice;
    this.range = range;
    this.exchange = exchange;
    sums = new float[optimizer.sumsBefore(slice.weights().length)];
  }

  /** One step; all workers call it, and have not met when it returns. */
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
