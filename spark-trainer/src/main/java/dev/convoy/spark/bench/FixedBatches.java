package dev.convoy.spark.bench;

import dev.convoy.random.CounterRandom;
import dev.convoy.random.RandomStream;
import dev.convoy.tensor.Tensor;
import dev.convoy.train.BatchSource;

/**
 * The same images in every step; each virtual node has its own. Images are noise of unit variance,
 * as normalized ones are, and labels are random.
 */
final class FixedBatches implements BatchSource {
  private static final long SEED = 1;

  private final float[][] pixels;
  private final int[][] classes;
  private final long[][] dropout;

  FixedBatches(BenchPlan plan) {
    int nodes = plan.virtualNodes();
    pixels = new float[nodes][plan.microbatch() * plan.network().input().size()];
    classes = new int[nodes][plan.microbatch()];
    dropout = new long[nodes][plan.microbatch()];
    long key = CounterRandom.key(SEED, RandomStream.SHUFFLE);
    for (int node = 0; node < nodes; node++) {
      fill(node, CounterRandom.derive(key, node), plan.network().classes());
    }
  }

  private void fill(int node, long key, int count) {
    double unitVariance = Math.sqrt(3);
    int length = pixels[node].length;
    for (int i = 0; i < length; i++) {
      pixels[node][i] = (float) (unitVariance * (2 * CounterRandom.uniform(key, i) - 1));
    }
    for (int i = 0; i < classes[node].length; i++) {
      classes[node][i] = CounterRandom.below(key, length + i, count);
      dropout[node][i] = CounterRandom.derive(key, i);
    }
  }

  /** Writes all images, one node's after another's. */
  void fill(Tensor images) {
    int at = images.at();
    for (float[] ofNode : pixels) {
      System.arraycopy(ofNode, 0, images.data(), at, ofNode.length);
      at += ofNode.length;
    }
  }

  @Override
  public void copy(long step, int node, Tensor images, int[] labels, long[] keys, int firstKey) {
    System.arraycopy(pixels[node], 0, images.data(), images.at(), pixels[node].length);
    System.arraycopy(classes[node], 0, labels, 0, labels.length);
    System.arraycopy(dropout[node], 0, keys, firstKey, dropout[node].length);
  }
}
