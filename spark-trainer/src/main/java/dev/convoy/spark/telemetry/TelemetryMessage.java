package dev.convoy.spark.telemetry;

import java.io.IOException;

/** What a task tells the driver while it runs. */
public interface TelemetryMessage {
  /** Calls the method of the listener that is for this kind of message. */
  void tell(RunListener listener) throws IOException;
}
