package dev.convoy.train;

import dev.convoy.concurrent.Worker;
import dev.convoy.optim.Optimizer;
import dev.convoy.optim.OptimizerShard;

/**
 * The optimizer on the whole vector, shared by the workers of a team: each updates a contiguous
 * part of whole {@link Optimizer#BLOCK}s.
 */
final class Update {
  private final Optimizer optimizer;
  private final OptimizerShard whole;
  private final float[] sums;

  /**
   * @param whole the whole vector
   */
  Update(Optimizer optimizer, OptimizerShard whole) {
    this.optimizer = optimizer;
    this.whole = whole;
    sums = new float[optimizer.sumsBefore(whole.weights().length)];
  }

  /** Updates the vector in one step; all workers call it, and put a barrier behind it. */
  void run(Worker worker, float learningRate) {
    int blocks = (whole.weights().length + Optimizer.BLOCK - 1) / Optimizer.BLOCK;
    int from = at(worker.from(blocks));
    int to = at(worker.to(blocks));
    if (sums.length > 0) {
      optimizer.sum(whole, from, to, sums);
      worker.barrier();
      if (worker.first()) {
        optimizer.prepare(sums);
      }
      worker.barrier();
    }
    optimizer.update(whole, from, to, learningRate);
  }

  private int at(int block) {
    return (int) Math.min(whole.weights().length, (long) block * Optimizer.BLOCK);
  }
}
