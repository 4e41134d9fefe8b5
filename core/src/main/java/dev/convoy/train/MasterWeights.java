package dev.convoy.train;

import dev.convoy.collective.Bfloat16;
import dev.convoy.collective.Collective;

/**
 * The weights of a run that exchanges bfloat16: steps compute with rounded weights, the same on all
 * ranks, while the owner of each slice keeps its master weights in float32 and updates those
 * (Micikevicius et al. 2018, "Mixed Precision Training", section 3.1). Validations and checkpoints
 * see master weights, so that a resumed run goes on with what it had.
 */
final class MasterWeights {
  private final Collective collective;
  private final SliceUpdate update;
  private final float[] weights;

  /** Whether the vector has the master weights now, of all ranks. */
  private boolean gathered = true;

  /**
   * @param update has the master weights of this rank's slices
   * @param weights the vector that steps compute with; has master weights to begin with
   */
  MasterWeights(Collective collective, SliceUpdate update, float[] weights) {
    this.collective = collective;
    this.update = update;
    this.weights = weights;
  }

  /** Fills the vector with the master weights of all ranks, each of which must call it. */
  void gather() {
    if (!gathered) {
      update.slices().forEach(slice -> slice.copyTo(weights));
      collective.allGather(weights);
      gathered = true;
    }
  }

  /** Fills the vector with what steps compute with. */
  void round() {
    if (gathered) {
      Bfloat16.nearest(weights, 0, weights.length);
      gathered = false;
    }
  }
}
