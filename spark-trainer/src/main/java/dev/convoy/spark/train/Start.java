package dev.convoy.spark.train;

import dev.convoy.collective.Range;
import dev.convoy.optim.Plateau;
import dev.convoy.spark.checkpoint.Checkpoint;
import dev.convoy.spark.checkpoint.CheckpointState;
import dev.convoy.spark.recovery.LoopState;
import dev.convoy.train.StateGather;
import dev.convoy.train.StateSlice;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** What an attempt begins with. */
interface Start {

  /** Returns the number of steps done. */
  long step();

  /** Returns the flat vector of weights, which is the caller's from now on. */
  float[] weights() throws IOException;

  /** Returns the optimizer's state of these parts of the vector; empty if it is all zero. */
  Optional<List<StateSlice>> optimizerState(List<Range> parts) throws IOException;

  /** Returns what the training loop remembers. */
  LoopState loop();

  /** Returns whether the work that follows the last step, such as a validation, is still to do. */
  default boolean isBetweenSteps() {
    return false;
  }

  /** The beginning of a run. */
  record Anew(RunPlan plan, Configuration hadoop) implements Start {
    @Override
    public long step() {
      return 0;
    }

    @Override
    public float[] weights() throws IOException {
      return FirstWeights.of(plan, hadoop).vector();
    }

    @Override
    public Optional<List<StateSlice>> optimizerState(List<Range> parts) {
      return Optional.empty();
    }

    @Override
    public LoopState loop() {
      return new LoopState(0, 0, 0, Plateau.State.BEGINNING);
    }
  }

  /** A checkpoint, which was saved after all other work of its step. */
  record FromCheckpoint(RunPlan plan, Checkpoint checkpoint, CheckpointState state)
      implements Start {
    static FromCheckpoint of(RunPlan plan, Checkpoint checkpoint) throws IOException {
      return new FromCheckpoint(plan, checkpoint, checkpoint.state());
    }

    @Override
    public long step() {
      return state.step();
    }

    @Override
    public float[] weights() throws IOException {
      return checkpoint.weights(plan.network());
    }

    @Override
    public Optional<List<StateSlice>> optimizerState(List<Range> parts) throws IOException {
      return Optional.of(checkpoint.optimizerState(parts));
    }

    @Override
    public LoopState loop() {
      return new LoopState(step(), step(), step(), state.plateau());
    }
  }

  /** The memory of the executors; every rank must ask for the same, in the same order. */
  record FromMemory(long step, StateGather gather, LoopState loop) implements Start {
    @Override
    public float[] weights() {
      return gather.weights();
    }

    @Override
    public Optional<List<StateSlice>> optimizerState(List<Range> parts) {
      return Optional.of(gather.momentum(parts));
    }

    @Override
    public boolean isBetweenSteps() {
      return true;
    }
  }
}
