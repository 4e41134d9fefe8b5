package dev.convoy.spark.train;

import dev.convoy.collective.Collective;
import dev.convoy.data.store.Stores;
import dev.convoy.nn.Network;
import dev.convoy.nn.StateDict;
import dev.convoy.optim.Plateau;
import dev.convoy.spark.checkpoint.Checkpoint;
import dev.convoy.spark.checkpoint.CheckpointState;
import dev.convoy.spark.checkpoint.CheckpointStore;
import dev.convoy.spark.storage.WeightsMetadata;
import dev.convoy.train.StateSlice;
import dev.convoy.train.Synchronization;
import dev.convoy.weights.NamedTensor;
import dev.convoy.weights.WeightsDigest;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Saves checkpoints: each executor writes the optimizer's state that it owns; when all have, rank 0
 * writes the weights and publishes the checkpoint.
 */
final class CheckpointWriter {
  private final CheckpointStore store;
  private final Network network;
  private final List<String> classNames;
  private final Collective collective;
  private final String run;
  private final int attempt;
  private final int keep;
  private final RunLease lease;

  /**
   * Creates a writer for one attempt.
   *
   * @param classNames of the data, in the order of the labels
   * @param run what defines the run, as JSON
   * @param keep how many of the newest to keep
   * @param lease without which nothing is published
   */
  CheckpointWriter(
      CheckpointStore store,
      Network network,
      List<String> classNames,
      Collective collective,
      String run,
      int attempt,
      int keep,
      RunLease lease) {
    this.store = store;
    this.network = network;
    this.classNames = classNames;
    this.collective = collective;
    this.run = run;
    this.attempt = attempt;
    this.keep = keep;
    this.lease = lease;
  }

  /**
   * Saves a checkpoint of finite weights.
   *
   * @return whether the optimizer's state is finite, too; if not, nothing is written
   */
  boolean save(long step, Synchronization synchronization, Plateau.State plateau)
      throws IOException {
    List<StateSlice> state = synchronization.state();
    if (!doAllAgree(state.stream().allMatch(slice -> isFinite(slice.values())))) {
      return false;
    }
    Stores.writing(store.folder(), () -> write(step, synchronization, state, plateau));
    return true;
  }

  private Checkpoint write(
      long step, Synchronization synchronization, List<StateSlice> state, Plateau.State plateau)
      throws IOException {
    Checkpoint checkpoint = store.begin(step, attempt);
    checkpoint.writeOptimizerState(collective.rank(), state);
    doAllAgree(true);
    if (collective.rank() == 0) {
      List<NamedTensor> weights = StateDict.of(network, synchronization.weights());
      checkpoint.writeWeightsAndState(
          new CheckpointState(
              step,
              network.name(),
              network.vectorLength(),
              WeightsDigest.sha256(weights),
              IntStream.range(0, collective.ranks()).mapToObj(collective::owned).toList(),
              plateau,
              run),
          weights,
          WeightsMetadata.ofCheckpoint(classNames));
      // If two runs take each other for dead, only one of them may publish.
      lease.requireHeld();
      store.publish(checkpoint, step, keep);
    }
    return checkpoint;
  }

  private static boolean isFinite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns whether all ranks agree. Each sends a value to all others, so none returns before all
   * have called.
   */
  private boolean doAllAgree(boolean agree) {
    float[] denials = new float[collective.ranks()];
    denials[collective.rank()] = agree ? 0 : 1;
    collective.allGather(denials, collective.equalRanges(1));
    for (float denial : denials) {
      if (denial != 0) {
        return false;
      }
    }
    return true;
  }
}
