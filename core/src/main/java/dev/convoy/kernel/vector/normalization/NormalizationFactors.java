package dev.convoy.kernel.vector.normalization;

/**
 * Tables that stay in the cache, with rows of {@code channels} each: a pixel x is normalized to
 * {@code fma(x, factor, offset)}.
 *
 * @param channels of a row, a multiple of 16
 */
record NormalizationFactors(float[] factors, float[] offsets, int channels) {}
