package dev.convoy.spark.telemetry;

/**
 * A message on its way from an executor to the driver.
 *
 * @param attempt the attempt that sent it
 * @param message null asks for a confirmation that all messages before it have been received
 */
public record Envelope(int attempt, TelemetryMessage message) {}
