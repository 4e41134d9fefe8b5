package dev.convoy.spark.telemetry;

import java.util.Locale;

/** How a run stands. */
public enum Outcome {
  /** Not over, or killed before it could say how it ended. */
  RUNNING,
  DONE,
  FAILED,
  /** The loss became infinite or no number. */
  DIVERGED;

  /** As {@code run.json} says it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
