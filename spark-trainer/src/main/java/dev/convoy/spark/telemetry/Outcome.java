package dev.convoy.spark.telemetry;

import java.util.Locale;

/** How a run stands. */
public enum Outcome {
  /**
   * Not over, or killed before it could say how it ended; the lease in the run's folder tells
   * which.
   */
  RUNNING,
  DONE,
  FAILED,
  /** The loss or a weight became infinite or no number. */
  DIVERGED,
  /** Ended from outside: by a person, a scheduler or a system that shuts down. */
  INTERRUPTED;

  /** Returns the outcome as {@code run.json} says it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
