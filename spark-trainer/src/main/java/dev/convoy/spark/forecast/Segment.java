package dev.convoy.spark.forecast;

/**
 * The computation of a layer with parameters, and of the layers without any around it, in one
 * direction.
 *
 * @param at forward: how far the flat vector has been read when it is over. Backward: from where on
 *     the gradient is complete when it is over
 * @param seconds it takes
 */
public record Segment(int at, double seconds) {}
