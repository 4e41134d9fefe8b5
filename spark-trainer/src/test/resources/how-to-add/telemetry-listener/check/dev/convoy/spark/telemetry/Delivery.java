package dev.convoy.spark.telemetry;

/** Delivers messages as the driver's end of the plugin does. */
public final class Delivery {
  private Delivery() {}

  public static void ofFirstAttempt(TelemetryMessage message) {
    Telemetry.receive(new Envelope(1, message));
  }
}
