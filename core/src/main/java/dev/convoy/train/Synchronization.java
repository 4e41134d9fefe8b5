package dev.convoy.train;

import dev.convoy.collective.Range;
import java.util.List;

/** A way to keep the virtual nodes of all executors in step. */
public interface Synchronization extends AutoCloseable {
  /**
   * Takes one training step with all virtual nodes of this executor. The exchange with other
   * executors may go on when it returns.
   *
   * @param step counted from 0 over the whole run
   * @param learningRate of this step
   */
  void step(long step, float learningRate) throws Exception;

  /**
   * Waits until the last step is complete. Only then may anything else use the collective, the
   * weights or the state.
   */
  void await() throws InterruptedException;

  /**
   * Waits as {@link #await} does, and makes {@link #weights} the master weights where steps compute
   * with rounded ones. Every executor must call it, whenever {@link #inStep()}.
   */
  default void gatherWeights() throws InterruptedException {
    await();
  }

  /**
   * Returns whether, after the last step, every virtual node of every executor has the same
   * weights.
   */
  boolean inStep();

  /**
   * Returns the weights, a flat vector, which is the same on all executors whenever {@link
   * #inStep()} and the last step is complete. Those that steps compute with may be rounded; see
   * {@link #gatherWeights}.
   */
  float[] weights();

  /**
   * Returns the parts of the optimizer's state that this executor contributes to a checkpoint, in
   * the order of the vector.
   */
  List<StateSlice> state();

  /**
   * Returns the parts of the vector whose state this executor keeps: those of {@link #state()}, and
   * those of which it keeps replicas.
   */
  default List<Range> held() {
    return state().stream().map(StateSlice::range).toList();
  }

  /**
   * Restores the optimizer's state, before the first step of a resumed run.
   *
   * @param state of the ranges of {@link #held()}, in their order
   * @param steps done before
   */
  void restore(List<StateSlice> state, long steps);

  /**
   * Returns what a run can go on from if this executor's task ends, but not its JVM; empty if
   * executors keep no replicas. Only after {@link #close}, and once the collective is closed.
   */
  default List<SliceVersions> versions() {
    return List.of();
  }

  /** Ends the exchange with other executors. */
  @Override
  default void close() {}
}
