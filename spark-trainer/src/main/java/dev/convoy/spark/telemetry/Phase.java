package dev.convoy.spark.telemetry;

/** What a worker thread of a training step can be busy with. */
public enum Phase {
  /** Waiting for the next microbatch. */
  DATA,
  FORWARD,
  BACKWARD,
  /** Reduce-scatter and all-gather, the wait for the other executors included. */
  COMMUNICATION,
  /** The optimizer on this executor's slice. */
  UPDATE
}
