package dev.convoy.spark.telemetry;

import java.io.IOException;

/** Something a person who watches the run wants to read, as in "checkpoint at step 300". */
public record RunEvent(String text) implements TelemetryMessage {
  @Override
  public void tell(RunListener listener) throws IOException {
    listener.onEvent(this);
  }
}
