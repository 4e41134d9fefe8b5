package dev.convoy.train;

import dev.convoy.collective.Range;
import dev.convoy.optim.Optimizer;

/**
 * A copy of a slice that another rank owns. It stays one step behind: the sum of the newest step is
 * kept, and applied when that of the next one is about to come. By then every rank has completed
 * the step, so nobody will go back behind it, and no version needs to be copied before it is
 * changed.
 */
final class ReplicaSlice {
  /** The number of no step. */
  private static final long NONE = -1;

  private final OwnedSlice slice;
  private long pendingStep = NONE;
  private float pendingRate;

  /**
   * @param slice with room of its own for its sum
   */
  ReplicaSlice(OwnedSlice slice) {
    this.slice = slice;
  }

  OwnedSlice slice() {
    return slice;
  }

  Range range() {
    return slice.range();
  }

  /** Applies the sum of the step before, whose place the next one takes. */
  void applyPending(Optimizer optimizer) {
    if (pendingStep != NONE) {
      slice.replace(optimizer, pendingRate, pendingStep);
      pendingStep = NONE;
    }
  }

  /** Notes that the sum of a step is complete. */
  void pend(float learningRate, long step) {
    pendingRate = learningRate;
    pendingStep = step;
  }

  /** Returns both versions, after training has ended. */
  SliceVersions versions(Optimizer optimizer) {
    if (pendingStep != NONE) {
      slice.update(optimizer, pendingRate, pendingStep);
      pendingStep = NONE;
    }
    return slice.versions();
  }
}
