package dev.convoy.train;

import dev.convoy.collective.Range;

/** One way to make the virtual nodes of all executors learn together. */
public interface Synchronization {
  /**
   * One training step of all virtual nodes of this executor.
   *
   * @param step counted from 0 over the whole run
   * @param learningRate of this step
   */
  void step(long step, float learningRate) throws Exception;

  /** Whether, after the last step, every virtual node of every executor holds the same weights. */
  boolean inStep();

  /** The weights, a flat vector; all executors' are equal whenever {@link #inStep()}. */
  float[] weights();

  /** The part of the optimizer's state that this executor keeps for a checkpoint. */
  Range stateSlice();

  /** The optimizer's state of {@link #stateSlice()}, element 0 belonging to its beginning. */
  float[] state();

  /** Puts back what {@link #state()} gave, before the first step of a resumed run. */
  void restore(float[] state);
}
