package dev.convoy.train;

import dev.convoy.collective.Range;
import dev.convoy.optim.Optimizer;
import dev.convoy.optim.OptimizerShard;

/**
 * A slice of a bucket that this rank updates, in copies of its own, because it owns the slice or
 * keeps a replica of it: the slice's weights, the optimizer's state, and the sum of the gradients.
 *
 * @param range of the flat vector; may be empty
 * @param shard the arrays of the slice
 * @param versions null if they are not kept
 */
record OwnedSlice(Range range, OptimizerShard shard, SliceVersions versions) {
  /** Floats; a multiple of {@link Optimizer#BLOCK}. */
  private static final int BLOCK = 8 * 1024;

  /**
   * @param weights the whole vector, of which the slice is copied
   * @param sum gets the sum of the slice's gradients, from index 0 on
   * @param scale factor that makes the sum a mean
   * @param versioned whether the state before the newest step is kept, too
   */
  static OwnedSlice of(Range range, float[] weights, float[] sum, float scale, boolean versioned) {
    float[] own = new float[range.length()];
    System.arraycopy(weights, range.from(), own, 0, own.length);
    float[] momentum = new float[own.length];
    return new OwnedSlice(
        range,
        new OptimizerShard(range.from(), own, sum, scale, momentum),
        versioned ? new SliceVersions(range, own, momentum) : null);
  }

  /**
   * Updates the slice, and keeps its version before.
   *
   * @param step that is being taken, counted from 0
   */
  void update(Optimizer optimizer, float learningRate, long step) {
    if (versions == null) {
      optimizer.update(shard, range.from(), range.to(), learningRate);
      return;
    }
    versions.begin();
    // Block by block, so that what is kept is still in the cache when it is changed.
    int end;
    for (int at = 0; at < range.length(); at = end) {
      end = Math.min(range.length(), at + BLOCK);
      versions.keep(at, end);
      optimizer.update(shard, range.from() + at, range.from() + end, learningRate);
    }
    versions.end(step + 1);
  }

  /** Updates the slice, where the version before will not be needed. */
  void replace(Optimizer optimizer, float learningRate, long step) {
    versions.beginWithoutKeeping();
    optimizer.update(shard, range.from(), range.to(), learningRate);
    versions.end(step + 1);
  }

  /** Says that the slice is as it is after so many steps. */
  void complete(long steps) {
    if (versions != null) {
      versions.end(steps);
    }
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
