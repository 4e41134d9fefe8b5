package dev.convoy.train;

import dev.convoy.collective.Range;

/** A way to keep the virtual nodes of all executors in step. */
public interface Synchronization {
  /**
   * Takes one training step with all virtual nodes of this executor.
   *
   * @param step counted from 0 over the whole run
   * @param learningRate of this step
   */
  void step(long step, float learningRate) throws Exception;

  /**
   * Returns whether, after the last step, every virtual node of every executor has the same
   * weights.
   */
  boolean inStep();

  /**
   * Returns the weights, a flat vector, which is the same on all executors whenever {@link
   * #inStep()}.
   */
  float[] weights();

  /** Returns the slice of the optimizer's state that this executor contributes to a checkpoint. */
  Range stateSlice();

  /** Returns the optimizer's state in {@link #stateSlice()}; element 0 is the slice's first. */
  float[] state();

  /** Restores a {@link #state()}, before the first step of a resumed run. */
  void restore(float[] state);
}
