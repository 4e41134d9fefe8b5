package dev.convoy.spark.telemetry;

import java.io.IOException;

/**
 * An attempt is about to take its first step.
 *
 * @param step steps done before
 * @param executors that take part
 * @param fromMemory whether they went on from what they had in memory
 */
public record AttemptBegun(long step, int executors, boolean fromMemory)
    implements TelemetryMessage {
  @Override
  public void tell(RunListener listener) throws IOException {
    listener.onBegun(this);
  }
}
