package dev.convoy.spark.telemetry;

import java.io.IOException;

/** A number of images that were written into shards. */
public record PreparedImages(int images) implements TelemetryMessage {
  @Override
  public void tell(RunListener listener) throws IOException {
    listener.onPrepared(this);
  }
}
