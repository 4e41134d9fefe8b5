package dev.convoy.spark.bench;

import dev.convoy.nn.Network;

/**
 * What is timed.
 *
 * @param network to be run
 * @param size of a step
 * @param warmUp steps before the timed ones
 * @param timed the timed ones
 */
public record BenchPlan(Network network, Size size, Span warmUp, Span timed) {
  /** Fewer virtual nodes than a run has by default would flatter the result. */
  private static final int USUAL_NODES = 8;

  /**
   * The size of a step, and the number of threads that compute it.
   *
   * @param batch images
   * @param virtualNodes equal parts of the batch, a power of two
   * @param threads worker threads
   */
  public record Size(int batch, int virtualNodes, int threads) {
    /**
     * Returns a step with as many virtual nodes as a run has by default, or fewer that divide the
     * batch.
     */
    public static Size of(int batch, int threads) {
      return new Size(batch, Math.min(USUAL_NODES, Integer.lowestOneBit(batch)), threads);
    }

    /** Returns the number of images of a virtual node. */
    int microbatch() {
      return batch / virtualNodes;
    }
  }

  /** Returns the number of images in a step. */
  int batch() {
    return size.batch();
  }

  /** Returns the number of worker threads. */
  int threads() {
    return size.threads();
  }

  /** Returns the number of virtual nodes. */
  int virtualNodes() {
    return size.virtualNodes();
  }

  /** Returns the number of images of a virtual node. */
  int microbatch() {
    return size.microbatch();
  }
}
