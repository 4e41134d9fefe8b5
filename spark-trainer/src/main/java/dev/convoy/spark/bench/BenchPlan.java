package dev.convoy.spark.bench;

import dev.convoy.nn.Network;

/**
 * What is timed.
 *
 * @param network to be trained
 * @param batch images in a step
 * @param threads worker threads
 * @param warmUp steps before the timed ones
 * @param steps timed steps
 */
public record BenchPlan(Network network, int batch, int threads, int warmUp, int steps) {
  /** Fewer virtual nodes than a run has by default would flatter the result. */
  private static final int USUAL_NODES = 8;

  /** The largest power of two that divides the batch and is at most the threads, or 8 if more. */
  public int virtualNodes() {
    int most = Integer.highestOneBit(Math.max(threads, USUAL_NODES));
    return Math.min(most, Integer.lowestOneBit(batch));
  }

  /** Images of a virtual node. */
  int microbatch() {
    return batch / virtualNodes();
  }
}
