package dev.convoy.data;

import java.util.Locale;

/**
 * How an epoch is cut: into global batches, and each of those into one microbatch for every virtual
 * node. The last samples of an epoch, too few for a batch, are left out, and the next epoch's order
 * leaves out others; or the last batch is padded with samples from the epoch's beginning.
 *
 * @param size samples of the dataset
 * @param batchSize samples of a global batch
 * @param virtualNodes a power of two that divides the batch
 * @param lastBatch what is done about the last samples
 */
public record BatchPlan(int size, int batchSize, int virtualNodes, LastBatch lastBatch) {
  /** What is done about an epoch's last samples, if they are too few for a batch. */
  public enum LastBatch {
    /** They are left out. */
    DROP,
    /** The batch is filled with samples from the epoch's beginning. */
    PAD
  }

  /**
   * Checks that the three fit together.
   *
   * @throws DataException if they do not
   */
  public BatchPlan {
    if (virtualNodes < 1 || Integer.bitCount(virtualNodes) != 1) {
      throw new DataException(
          "the number of virtual nodes is " + virtualNodes + ", but must be a power of two");
    }
    if (batchSize < 1 || batchSize % virtualNodes != 0) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "the batch size %d is not a positive multiple of the %d virtual nodes",
              batchSize,
              virtualNodes));
    }
    if (size < 1 || (size < batchSize && lastBatch == LastBatch.DROP)) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "the batch size %d is larger than the dataset of %d samples",
              batchSize,
              size));
    }
  }

  /** Returns the number of global batches of an epoch. */
  public int stepsPerEpoch() {
    return lastBatch == LastBatch.DROP ? size / batchSize : (size - 1) / batchSize + 1;
  }

  /** Returns the number of samples of a virtual node's share of a batch. */
  public int microbatchSize() {
    return batchSize / virtualNodes;
  }
}
