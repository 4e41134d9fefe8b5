package dev.convoy.spark.telemetry;

import java.io.IOException;

/**
 * The memory that a rank's heap takes.
 *
 * @param rank whose
 * @param bytes after the last collection of garbage
 */
public record HeapUsed(int rank, long bytes) implements TelemetryMessage {
  @Override
  public void tell(RunListener listener) throws IOException {
    listener.onHeapUsed(this);
  }
}
