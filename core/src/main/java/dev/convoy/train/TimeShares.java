package dev.convoy.train;

/**
 * The fraction of an executor's time that each phase took, from 0 to 1. The rest up to 1 was spent
 * in none of them, for example on a checkpoint.
 */
public record TimeShares(
    double data, double forward, double backward, double communication, double update) {}
