package dev.convoy.train;

import dev.convoy.collective.Collective;
import dev.convoy.collective.transport.MeshOptions;
import dev.convoy.kernel.Kernels;
import dev.convoy.loss.Loss;
import dev.convoy.nn.GradientLayout;
import dev.convoy.nn.Network;
import dev.convoy.nn.Replica;
import dev.convoy.optim.Optimizer;

/**
 * The settings of a {@link Trainer}, checked by {@link TrainerBuilder}.
 *
 * @param batchSize images of a step, over all ranks
 * @param source where microbatches come from; null if the caller hands over batches
 * @param collective the connections to the other ranks; null for a single rank
 * @param overlap whether the exchange with other ranks may run beside the computation
 * @param accumulate in how many rounds a rank computes its virtual nodes
 * @param period steps from one average to the next; 0 for synchronous SGD
 * @param averagingFrom the number of synchronous steps before the local ones
 * @param lastStep the number of steps after which averaging ends with an average
 * @param firstStep the number of steps taken before, by a run that is resumed
 */
record TrainerSettings(
    Network network,
    Kernels kernels,
    Loss loss,
    Optimizer optimizer,
    int batchSize,
    int virtualNodes,
    int threads,
    long seed,
    BatchSource source,
    Collective collective,
    boolean overlap,
    int accumulate,
    int period,
    long averagingFrom,
    long lastStep,
    long firstStep) {

  int microbatch() {
    return batchSize / virtualNodes;
  }

  boolean averages() {
    return period > 0;
  }

  Replica replica(int images, GradientLayout gradients) {
    return Replica.training(network, kernels, images, threads, gradients);
  }

  Collective openCollective() {
    return collective == null
        ? Collective.open(MeshOptions.singleRank(), network.vectorLength(), virtualNodes)
        : collective;
  }

  /** Closes what {@link #openCollective} opened. */
  void closeCollective(Collective opened) {
    if (collective == null) {
      opened.close();
    }
  }

  void requireBatches() {
    if (source != null) {
      throw new IllegalStateException(
          "this trainer was built with a source of batches; call step(learningRate)");
    }
    if (collective != null && collective.ranks() > 1) {
      throw new IllegalStateException(
          "one of several ranks needs a source of batches (batches): a batch in memory would have"
              + " to be the same on all of them");
    }
  }
}
