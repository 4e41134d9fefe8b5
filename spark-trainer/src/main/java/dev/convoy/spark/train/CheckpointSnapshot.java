package dev.convoy.spark.train;

import dev.convoy.nn.Network;
import dev.convoy.nn.StateDict;
import dev.convoy.optim.Plateau;
import dev.convoy.train.StateSlice;
import dev.convoy.train.Synchronization;
import dev.convoy.weights.NamedTensor;
import java.util.List;

/**
 * What a rank saves of a step, copied, so that training can go on while it is written.
 *
 * @param step steps done
 * @param state the slices of the optimizer's state that the rank owns
 * @param weights those of the network; empty on ranks that do not write them
 * @param plateau what lowers the learning rate by the validations
 */
record CheckpointSnapshot(
    long step, List<StateSlice> state, List<NamedTensor> weights, Plateau.State plateau) {

  /** Copies the state after a step that is complete. */
  static CheckpointSnapshot of(
      long step,
      Network network,
      Synchronization synchronization,
      Plateau.State plateau,
      boolean withWeights) {
    List<StateSlice> state =
        synchronization.state().stream()
            .map(slice -> new StateSlice(slice.range(), slice.values().clone()))
            .toList();
    return new CheckpointSnapshot(
        step,
        state,
        withWeights ? StateDict.of(network, synchronization.weights()) : List.of(),
        plateau);
  }
}
