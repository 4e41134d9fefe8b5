package dev.convoy.spark.telemetry;

/**
 * A corrupt sample that was skipped. Any rank sends these, and several may send the same one.
 *
 * @param sentence names the sample, its file and what is wrong; equal for the same sample
 */
public record SkippedSample(String sentence) implements TelemetryMessage {}
