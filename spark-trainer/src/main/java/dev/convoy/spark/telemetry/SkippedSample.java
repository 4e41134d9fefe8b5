package dev.convoy.spark.telemetry;

import java.io.IOException;

/**
 * A corrupt sample that was skipped. Any rank sends these, and several may send the same one.
 *
 * @param sentence names the sample, its file and what is wrong; equal for the same sample
 */
public record SkippedSample(String sentence) implements TelemetryMessage {
  @Override
  public void tell(RunListener listener) throws IOException {
    listener.onSkipped(this);
  }
}
