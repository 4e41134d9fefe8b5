package dev.convoy.spark.telemetry;

/** So many images more are in shards. */
public record PreparedImages(int images) implements TelemetryMessage {}
