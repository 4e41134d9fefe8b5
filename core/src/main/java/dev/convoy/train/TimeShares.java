package dev.convoy.train;

/**
 * Where an executor's time went in a window, each a fraction from 0 to 1 of that time. What is left
 * of their sum to 1 is time in no phase: a checkpoint, a report.
 */
public record TimeShares(
    double data, double forward, double backward, double communication, double update) {}
