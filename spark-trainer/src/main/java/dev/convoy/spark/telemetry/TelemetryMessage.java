package dev.convoy.spark.telemetry;

import java.io.Serializable;

/**
 * What a task tells the driver. Spark's RPC writes it by Java serialization whatever {@code
 * spark.serializer} says, so Kryo's registration has no part in it.
 */
public sealed interface TelemetryMessage extends Serializable
    permits TrainMetrics,
        ValidationMetrics,
        PreparedImages,
        RunEvent,
        SkippedSample,
        LastingFailure {}
