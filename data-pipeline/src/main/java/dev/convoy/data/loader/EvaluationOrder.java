package dev.convoy.data.loader;

import dev.convoy.data.DataException;
import dev.convoy.random.RandomStream;
import java.util.Locale;

/**
 * Every sample once, in order, in chunks of a fixed size of which the last may be smaller: chunk
 * {@code c} is the microbatch of step {@code c / V} and virtual node {@code c % V}. Since V is the
 * run's own number, what is summed over a chunk does not depend on how many executors evaluate.
 *
 * @param size samples of the dataset
 * @param chunkSize samples of a chunk
 * @param virtualNodes V
 */
public record EvaluationOrder(int size, int chunkSize, int virtualNodes) implements SampleOrder {
  /** Checks that there are samples and virtual nodes. */
  public EvaluationOrder {
    if (size < 1 || chunkSize < 1 || virtualNodes < 1) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%d samples cannot be evaluated in chunks of %d by %d virtual nodes",
              size,
              chunkSize,
              virtualNodes));
    }
  }

  /** Returns how many chunks there are. */
  public int chunks() {
    return (size - 1) / chunkSize + 1;
  }

  @Override
  public int microbatchSize() {
    return chunkSize;
  }

  @Override
  public long steps() {
    return 1L + (chunks() - 1) / virtualNodes;
  }

  /** Returns false: what cannot be used is left out, and not replaced. */
  @Override
  public boolean fills() {
    return false;
  }

  @Override
  public int samples(long step, int virtualNode, int[] into) {
    long first = (step * virtualNodes + virtualNode) * chunkSize;
    int count = (int) Math.max(0, Math.min(chunkSize, size - first));
    for (int i = 0; i < count; i++) {
      into[i] = (int) first + i;
    }
    return count;
  }

  /**
   * Returns a constant: evaluation draws no random numbers, and pipelines that do so draw the same
   * ones.
   */
  @Override
  public long epochKey(long step, RandomStream stream) {
    return 0;
  }
}
