package dev.convoy.optim;

/**
 * Turns a gradient into new weights, on any shard of the flat vector. Several threads share an
 * update, and several executors a vector; neither changes a bit.
 *
 * <p>Most optimizers work element by element. One that needs norms of whole parameters takes three
 * steps: {@link #sum} adds up squares, block by block; executors exchange the blocks' sums, which
 * are a vector of their own; {@link #prepare} is given all of them. For all others these steps do
 * nothing. So an executor calls
 *
 * <pre>
 *   every thread:  sum(shard, its range, sums), barrier
 *   one thread:    all-gather of sums from sumsBefore(shard.from) to sumsBefore(shard.to); prepare(sums)
 *   every thread:  barrier, update(shard, its range, rate)
 * </pre>
 */
public interface Optimizer {
  /**
   * Slices, and the threads' ranges of them, begin at multiples of this many floats, so that no
   * block is split.
   */
  int BLOCK = 1024;

  /** Returns the name in {@code train.optimizer.name}. */
  String name();

  /**
   * Returns how many sums belong to the blocks before {@code at}, a multiple of {@link #BLOCK} or
   * the vector's end; for the latter that is the length of the vector of sums.
   */
  default int sumsBefore(int at) {
    return 0;
  }

  /** Fills the sums of the blocks in [from, to), which {@link #BLOCK} divides or which end it. */
  default void sum(OptimizerShard shard, int from, int to, float[] sums) {}

  /** Receives the sums of all blocks, for the next updates; one thread calls it. */
  default void prepare(float[] sums) {}

  /**
   * Updates weights.
   *
   * @param from index in the flat vector, a multiple of 16; it is element {@code from -
   *     shard.first()} of the shard's arrays
   * @param to end of the updated range in the flat vector, exclusive; a multiple of 16
   * @throws IllegalStateException if it needs sums of the step's gradients and {@link #prepare} has
   *     not been given them
   */
  void update(OptimizerShard shard, int from, int to, float learningRate);
}
