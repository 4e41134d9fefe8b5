package dev.convoy.spark.telemetry;

import java.io.Serializable;

/**
 * What crosses the network.
 *
 * @param attempt the attempt that sent it
 * @param message null asks for a confirmation that all messages before it have been received
 */
record Envelope(int attempt, TelemetryMessage message) implements Serializable {}
