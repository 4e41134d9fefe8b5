package dev.convoy.train;

import dev.convoy.collective.Range;

/**
 * The state of a slice after the newest step and after the one before. While ranks are in step,
 * none is more than one step ahead of another: an update needs the gradients of all ranks, and
 * those need the weights of the step before. So two versions of every slice are enough for a step
 * that all slices have, whenever training breaks off.
 *
 * <p>Changed by one thread; read by others once that one has ended.
 */
public final class SliceVersions {
  /** The number of no step. */
  private static final long NONE = -1;

  private final Range range;
  private float[] weights;
  private float[] momentum;

  /** Null until there is a former version, and once nobody needs it. */
  private float[] previousWeights;

  private float[] previousMomentum;
  private long step = NONE;
  private long previousStep = NONE;

  /** The step whose version is being copied, and is complete when the new one is. */
  private long beingKept = NONE;

  /**
   * Begins without a version.
   *
   * @param weights of the slice, from index 0 on, which the caller changes between {@link #begin}
   *     and {@link #end}, after it has been {@link #keep kept}
   * @param momentum of the slice, likewise
   */
  SliceVersions(Range range, float[] weights, float[] momentum) {
    this.range = range;
    this.weights = weights;
    this.momentum = momentum;
  }

  /** Returns how many bytes a slice's former version takes. */
  public static long bytes(long floats) {
    return 2 * floats * Float.BYTES;
  }

  /** Says that the slice is about to be changed; what is kept of it stays. */
  void begin() {
    if (previousWeights == null) {
      previousWeights = new float[weights.length];
      previousMomentum = new float[momentum.length];
    }
    beingKept = step;
    previousStep = NONE;
    step = NONE;
  }

  /** Keeps a part of the slice, counted from its beginning, which is changed next. */
  void keep(int from, int to) {
    System.arraycopy(weights, from, previousWeights, from, to - from);
    System.arraycopy(momentum, from, previousMomentum, from, to - from);
  }

  /** Says that the slice is about to be changed, and that the version before will not be needed. */
  void beginWithoutKeeping() {
    beingKept = NONE;
    previousStep = NONE;
    step = NONE;
  }

  /**
   * Says that the slice is complete again.
   *
   * @param steps done
   */
  void end(long steps) {
    previousStep = beingKept;
    beingKept = NONE;
    step = steps;
  }

  /** Copies the slice out of whole vectors, between {@link #begin} and {@link #end}. */
  void copyFrom(float[] vector, float[] vectorMomentum) {
    System.arraycopy(vector, range.from(), weights, 0, weights.length);
    System.arraycopy(vectorMomentum, range.from(), momentum, 0, momentum.length);
  }

  /** Lets go of the other version, for which there will be no more use. */
  public void keepOnly(long steps) {
    if (isCurrent(steps)) {
      previousStep = NONE;
      previousWeights = null;
      previousMomentum = null;
    } else {
      step = NONE;
      weights = null;
      momentum = null;
    }
  }

  /** Returns the part of the flat vector. */
  public Range range() {
    return range;
  }

  /** Returns the number of steps after which there are versions, the newest first. */
  public long[] steps() {
    if (step == NONE) {
      return previousStep == NONE ? new long[0] : new long[] {previousStep};
    }
    return previousStep == NONE ? new long[] {step} : new long[] {step, previousStep};
  }

  /** Returns whether there is a version after so many steps. */
  public boolean has(long steps) {
    return steps != NONE && (steps == step || steps == previousStep);
  }

  /** Returns the weights after so many steps, from index 0 on; not to be changed. */
  public float[] weights(long steps) {
    return isCurrent(steps) ? weights : previousWeights;
  }

  /** Returns the optimizer's state after so many steps, from index 0 on; not to be changed. */
  public float[] momentum(long steps) {
    return isCurrent(steps) ? momentum : previousMomentum;
  }

  private boolean isCurrent(long steps) {
    if (!has(steps)) {
      throw new IllegalArgumentException("there is no version after " + steps + " steps");
    }
    return steps == step;
  }
}
