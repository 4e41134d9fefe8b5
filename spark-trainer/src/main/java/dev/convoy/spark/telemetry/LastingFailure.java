package dev.convoy.spark.telemetry;

import java.io.IOException;

/**
 * A failure of a rank that another attempt would meet again. It is sent before the rank leaves the
 * others: of a failed stage Spark reports the exception that came first, which may be that of a
 * rank that only missed its peer.
 *
 * @param refused whether the user's data or configuration is at fault
 * @param sentence what is wrong
 */
public record LastingFailure(boolean refused, String sentence) implements TelemetryMessage {
  @Override
  public void tell(RunListener listener) throws IOException {
    listener.onLastingFailure(this);
  }
}
