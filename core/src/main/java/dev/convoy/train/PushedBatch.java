package dev.convoy.train;

import dev.convoy.nn.Network;
import dev.convoy.random.CounterRandom;
import dev.convoy.random.RandomStream;
import dev.convoy.tensor.Tensor;

/** The source of microbatches for a caller that hands over one batch a step. */
final class PushedBatch implements BatchSource {
  private final int imageLength;
  private final int batchSize;
  private final long key;
  private Batch batch;

  PushedBatch(Network network, int batchSize, long seed) {
    imageLength = network.input().size();
    this.batchSize = batchSize;
    key = CounterRandom.key(seed, RandomStream.DROPOUT);
  }

  /** Makes {@code next} the batch of the next step. */
  void set(Batch next) {
    batch = next;
  }

  @Override
  public void copy(long step, int node, Tensor images, int[] labels, long[] keys, int firstKey) {
    int first = node * labels.length;
    System.arraycopy(
        batch.images(),
        first * imageLength,
        images.data(),
        images.at(),
        labels.length * imageLength);
    System.arraycopy(batch.labels(), first, labels, 0, labels.length);
    for (int i = 0; i < labels.length; i++) {
      keys[firstKey + i] = CounterRandom.derive(key, step * batchSize + first + i);
    }
  }
}
