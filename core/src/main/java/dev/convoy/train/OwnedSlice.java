package dev.convoy.train;

import dev.convoy.collective.Range;
import dev.convoy.optim.OptimizerShard;

/**
 * The slice of a bucket that this rank owns: it completes the sum of the slice's gradients, holds
 * the optimizer's state of it, and updates its weights in a copy of its own.
 *
 * @param range of the flat vector; may be empty
 * @param shard the arrays of the slice
 */
record OwnedSlice(Range range, OptimizerShard shard) {
  /**
   * @param weights the whole vector, of which the slice is copied
   * @param sum gets the sum of the slice's gradients, from index 0 on
   * @param scale factor that makes the sum a mean
   */
  static OwnedSlice of(Range range, float[] weights, float[] sum, float scale) {
    float[] own = new float[range.length()];
    System.arraycopy(weights, range.from(), own, 0, own.length);
    return new OwnedSlice(
        range, new OptimizerShard(range.from(), own, sum, scale, new float[own.length]));
  }

  /** Returns the optimizer's state of the slice. */
  StateSlice state() {
    return new StateSlice(range, shard.momentum());
  }

  /** Sets the optimizer's state of the slice. */
  void restore(StateSlice state) {
    System.arraycopy(state.values(), 0, shard.momentum(), 0, range.length());
  }

  /** Copies the slice's weights to the whole vector. */
  void copyTo(float[] weights) {
    System.arraycopy(shard.weights(), 0, weights, range.from(), range.length());
  }
}
