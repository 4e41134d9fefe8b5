package dev.convoy.spark.telemetry;

/**
 * A corrupt sample was met and skipped. Any rank sends these, and several may meet the same sample.
 *
 * @param sentence names the sample, its file and what is wrong; equal for the same sample
 */
public record SkippedSample(String sentence) implements TelemetryMessage {}
