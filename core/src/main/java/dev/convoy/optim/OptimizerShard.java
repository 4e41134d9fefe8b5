package dev.convoy.optim;

/**
 * What an update works on: a shard of the flat vector, which one executor owns, or all of it.
 * Element 0 of each array belongs to the shard's first float, so that one loop with one index goes
 * over all of them, which the JIT can turn into vector instructions.
 *
 * @param first the index of the shard's first float in the flat vector
 * @param weights of the shard
 * @param gradientSum of all virtual nodes
 * @param scale factor that makes the sum a mean: the reciprocal of the number of virtual nodes
 * @param momentum the optimizer's state, zero at first
 */
@SuppressWarnings("ArrayRecordComponent") // A view of arrays; never compared.
public record OptimizerShard(
    int first, float[] weights, float[] gradientSum, float scale, float[] momentum) {
  /** Returns the whole vector as one shard, with one virtual node's gradient. */
  public static OptimizerShard whole(float[] weights, float[] gradient, float[] momentum) {
    return new OptimizerShard(0, weights, gradient, 1f, momentum);
  }
}
