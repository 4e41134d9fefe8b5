package dev.convoy.data;

/**
 * How an epoch is cut: into global batches, and each of those into one microbatch for every virtual
 * node. The last samples of an epoch, too few for a batch, are left out; the next epoch's order
 * leaves out others.
 *
 * @param size samples of the dataset
 * @param batchSize samples of a global batch
 * @param virtualNodes a power of two that divides the batch
 */
public record BatchPlan(int size, int batchSize, int virtualNodes) {
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
              "the batch size %d is not a positive multiple of the %d virtual nodes",
              batchSize, virtualNodes));
    }
    if (size < batchSize) {
      throw new DataException(
          String.format(
              "the batch size %d is larger than the dataset of %d samples", batchSize, size));
    }
  }

  /** Global batches of an epoch. */
  public int stepsPerEpoch() {
    return size / batchSize;
  }

  /** Samples of one virtual node's share of a batch. */
  public int microbatchSize() {
    return batchSize / virtualNodes;
  }
}
