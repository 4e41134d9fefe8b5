package dev.convoy.spark.forecast;

/**
 * The forecast for a number of executors.
 *
 * @param imagesPerSecond over all executors
 * @param efficiency the rate over that of one executor, divided by their number
 * @param step seconds
 * @param waited seconds of a step in which the computation waits for the exchange
 * @param hidden seconds of a step in which the exchange runs beside the computation
 * @param limit what keeps the step from being faster
 * @param bytes that the busiest executor sends or receives in a step
 * @param coreHours to the end of the run; not a number if its length is not known
 * @param days to the end of the run; not a number if its length is not known
 */
public record Point(
    int executors,
    double imagesPerSecond,
    double efficiency,
    double step,
    double waited,
    double hidden,
    Limit limit,
    double bytes,
    double coreHours,
    double days) {}
