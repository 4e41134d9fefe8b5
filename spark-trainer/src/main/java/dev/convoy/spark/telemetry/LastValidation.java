package dev.convoy.spark.telemetry;

/** Remembers the newest validation. */
public final class LastValidation implements RunListener {
  private ValidationMetrics metrics;

  @Override
  public synchronized void onValidation(ValidationMetrics newest) {
    metrics = newest;
  }

  /** The newest, or null if there was none. */
  public synchronized ValidationMetrics metrics() {
    return metrics;
  }

  /** What it remembers outlives the attempt that told it. */
  @Override
  public void close() {}
}
