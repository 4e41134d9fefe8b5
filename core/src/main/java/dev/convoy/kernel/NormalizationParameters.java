package dev.convoy.kernel;

/**
 * Where the parameters of a batch normalization are in the flat vector, C padded to 16 each.
 *
 * @param weight gamma of the paper
 * @param bias beta of the paper
 * @param mean the running mean
 * @param variance the running variance
 */
public record NormalizationParameters(int weight, int bias, int mean, int variance) {}
