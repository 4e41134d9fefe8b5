package dev.convoy.optim;

/**
 * The running means of batch normalization (Ioffe and Szegedy 2015), in torch's form: {@code w =
 * 0.9 * w + 0.1 * seen}, where {@code seen} is the mean over virtual nodes of their batches'
 * statistics. No learning rate, no momentum, no decay.
 */
final class Statistics {
  private static final float KEPT = 0.9f;
  private static final float NEW = 0.1f;

  private Statistics() {}

  static void update(OptimizerShard shard, int from, int to) {
    float[] weights = shard.weights();
    float[] sum = shard.gradientSum();
    float scale = shard.scale();
    int end = to - shard.first();
    for (int i = from - shard.first(); i < end; i++) {
      weights[i] = KEPT * weights[i] + NEW * (sum[i] * scale);
    }
  }
}
