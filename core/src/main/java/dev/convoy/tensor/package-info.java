/**
 * Blocks of float32 numbers and how they lie in memory. One type, one layout: images are NHWC, and
 * the channels of a pixel are padded to {@link dev.convoy.tensor.Layout#LANES}. Touches nothing
 * else.
 */
package dev.convoy.tensor;
