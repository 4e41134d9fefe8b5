package dev.convoy.kernel;

import dev.convoy.tensor.Tensor;

/**
 * The activations of a batch normalization or of an addition, all of one shape.
 *
 * @param input what is normalized, or the first addend
 * @param shortcut what is added to it (He et al. 2016, section 3.2), or null
 * @param output the result
 */
public record NormalizationTensors(Tensor input, Tensor shortcut, Tensor output) {}
