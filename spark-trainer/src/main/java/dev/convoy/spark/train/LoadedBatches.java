package dev.convoy.spark.train;

import dev.convoy.data.loader.BatchLoader;
import dev.convoy.data.loader.Microbatch;
import dev.convoy.tensor.Tensor;
import dev.convoy.train.BatchSource;

/** The microbatches of a loader, as a {@link dev.convoy.train.Trainer} takes them. */
record LoadedBatches(BatchLoader loader) implements BatchSource {
  @Override
  public void copy(long step, int node, Tensor images, int[] labels, long[] keys, int firstKey)
      throws Exception {
    Microbatch batch = loader.take(step, node);
    int count = batch.count();
    System.arraycopy(batch.pixels(), 0, images.data(), images.at(), images.length(count));
    System.arraycopy(batch.labels(), 0, labels, 0, count);
    System.arraycopy(batch.keys(), 0, keys, firstKey, count);
    loader.release(batch);
  }
}
