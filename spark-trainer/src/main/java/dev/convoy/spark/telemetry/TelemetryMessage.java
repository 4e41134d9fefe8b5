package dev.convoy.spark.telemetry;

/** What a task tells the driver while it runs; {@link RunListener} has a method for each kind. */
public sealed interface TelemetryMessage
    permits TrainMetrics,
        ValidationMetrics,
        PreparedImages,
        RunEvent,
        SkippedSample,
        LastingFailure {}
