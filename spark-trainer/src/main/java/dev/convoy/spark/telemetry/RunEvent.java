package dev.convoy.spark.telemetry;

/** Something a person who watches the run wants to read, as in "checkpoint at step 300". */
public record RunEvent(String text) implements TelemetryMessage {}
