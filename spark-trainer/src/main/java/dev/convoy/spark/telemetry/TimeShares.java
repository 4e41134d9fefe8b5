package dev.convoy.spark.telemetry;

import java.io.Serializable;

/**
 * Where the workers' time went in a window, each a fraction from 0 to 1 of that time. What is left
 * of their sum to 1 is time in no phase: a worker that waits for the other workers of its executor,
 * a checkpoint, garbage collection.
 */
public record TimeShares(
    double data, double forward, double backward, double communication, double update)
    implements Serializable {}
