package dev.convoy.spark.telemetry;

import java.io.IOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Remembers the newest validation. */
public final class LastValidation implements RunListener {
  private ValidationMetrics metrics;

  /** Begins with what an attempt that is gone on with has told {@code metrics.jsonl}, if it did. */
  public synchronized void recall(FileSystem fs, Path metricsFile) throws IOException {
    metrics = MetricsHistory.lastValidation(fs, metricsFile);
  }

  @Override
  public synchronized void onValidation(ValidationMetrics newest) {
    metrics = newest;
  }

  /** Returns the newest, or null if there was none. */
  public synchronized ValidationMetrics metrics() {
    return metrics;
  }

  /** Keeps what it remembers, beyond the attempt that told it. */
  @Override
  public void close() {}
}
