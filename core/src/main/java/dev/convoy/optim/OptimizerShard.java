package dev.convoy.optim;

/**
 * What an update works on: a shard of the flat vector, which one executor owns, or all of it.
 * Element 0 of each array belongs to the shard's first float, so that one loop with one index goes
 * over all of them, which the JIT can turn into vector instructions.
 */
public final class OptimizerShard {
  private int first;
  private final float[] weights;
  private final float[] gradientSum;
  private final float scale;
  private final float[] momentum;

  /**
   * Makes a shard of these arrays.
   *
   * @param first the index of the shard's first float in the flat vector
   * @param weights of the shard
   * @param gradientSum of all virtual nodes
   * @param scale factor that makes the sum a mean: the reciprocal of the number of virtual nodes
   * @param momentum the optimizer's state, zero at first
   */
  public OptimizerShard(
      int first, float[] weights, float[] gradientSum, float scale, float[] momentum) {
    this.first = first;
    this.weights = weights;
    this.gradientSum = gradientSum;
    this.scale = scale;
    this.momentum = momentum;
  }

  /** Returns the whole vector as one shard, with one virtual node's gradient. */
  public static OptimizerShard whole(float[] weights, float[] gradient, float[] momentum) {
    return new OptimizerShard(0, weights, gradient, 1f, momentum);
  }

  /** Says that the arrays hold another part of the flat vector from now on. */
  public void moveTo(int newFirst) {
    first = newFirst;
  }

  /** Returns the index of the shard's first float in the flat vector. */
  public int first() {
    return first;
  }

  /** Returns the weights of the shard. */
  public float[] weights() {
    return weights;
  }

  /** Returns the sum of the gradients of all virtual nodes. */
  public float[] gradientSum() {
    return gradientSum;
  }

  /** Returns the factor that makes the sum a mean. */
  public float scale() {
    return scale;
  }

  /** Returns the optimizer's state. */
  public float[] momentum() {
    return momentum;
  }
}
