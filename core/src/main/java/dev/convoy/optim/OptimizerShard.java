package dev.convoy.optim;

/**
 * What an update works on: a shard of the flat vector, which one executor owns, or all of it.
 *
 * @param first the shard's first float
 * @param weights the whole vector
 * @param gradientSum of all virtual nodes; element 0 belongs to {@code first}
 * @param scale factor that makes the sum a mean: the reciprocal of the number of virtual nodes
 * @param momentum the optimizer's state, zero at first; element 0 belongs to {@code first}
 */
public record OptimizerShard(
    int first, float[] weights, float[] gradientSum, float scale, float[] momentum) {
  /** Returns the whole vector as one shard, with one virtual node's gradient. */
  public static OptimizerShard whole(float[] weights, float[] gradient, float[] momentum) {
    return new OptimizerShard(0, weights, gradient, 1f, momentum);
  }
}
