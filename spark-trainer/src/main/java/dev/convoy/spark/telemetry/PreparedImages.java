package dev.convoy.spark.telemetry;

/** A number of images that were written into shards. */
public record PreparedImages(int images) implements TelemetryMessage {}
