package dev.convoy.spark.forecast;

/**
 * What exchanging costs an executor, whatever the network.
 *
 * @param message seconds that software takes to hand a message from one rank to another
 * @param reduceScatter CPU seconds for each byte that a rank sends and receives
 * @param allGather the same of an all-gather
 * @param update CPU seconds that the optimizer takes for each float
 */
public record ExchangeTimes(
    double message, double reduceScatter, double allGather, double update) {}
