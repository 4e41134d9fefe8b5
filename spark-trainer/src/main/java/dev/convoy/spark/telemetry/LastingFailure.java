package dev.convoy.spark.telemetry;

/**
 * A rank fails, and another attempt would fail alike. It is said before the rank leaves the others:
 * of a failed stage Spark tells whichever rank's exception came first, which may be that of one who
 * only missed its peer.
 *
 * @param refused whether the user's data or configuration is at fault
 * @param sentence what is wrong
 */
public record LastingFailure(boolean refused, String sentence) implements TelemetryMessage {}
