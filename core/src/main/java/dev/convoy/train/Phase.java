package dev.convoy.train;

/** The phases of a training step on an executor. */
public enum Phase {
  /** Waiting for the next microbatches, and copying them. */
  DATA,
  FORWARD,
  BACKWARD,
  /** Reduce-scatter and all-gather, the wait for the other executors included. */
  COMMUNICATION,
  /** The optimizer on this executor's slice. */
  UPDATE
}
