package dev.convoy.train;

/**
 * The fraction of an executor's time that each phase took, from 0 to 1. The rest up to 1 was spent
 * in none of them, for example on a checkpoint.
 *
 * @param data waiting for microbatches, and copying them
 * @param communication waiting for the exchange with other executors
 * @param hiddenCommunication exchange that ran beside the computation, and so is part of the time
 *     of other phases
 * @param update the optimizer; with several executors it, too, runs beside the computation
 */
public record TimeShares(
    double data,
    double forward,
    double backward,
    double communication,
    double hiddenCommunication,
    double update) {}
