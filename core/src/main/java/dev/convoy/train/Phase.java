package dev.convoy.train;

/** The phases of a training step on an executor. */
public enum Phase {
  /** Waiting for the next microbatches, and copying them. */
  DATA,
  FORWARD,
  BACKWARD,
  /** Waiting for reduce-scatter and all-gather. */
  COMMUNICATION,
  /**
   * The optimizer on this executor's slices. With several executors it runs beside the computation.
   */
  UPDATE,
  /** Reduce-scatter and all-gather, whether or not the computation waits for them. */
  EXCHANGE
}
