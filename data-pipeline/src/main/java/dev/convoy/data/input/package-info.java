/**
 * The one way from a stored image to a network's input, which training, evaluation, {@code predict}
 * and {@code inspect} share: an {@link dev.convoy.data.input.InputDescription} says what the
 * network takes and how its images are stored, an {@link dev.convoy.data.input.InputPipeline} made
 * from it turns decoded pixels into input values, and an {@link dev.convoy.data.input.InputMaker}
 * does both reading and that for one thread. Knows datasets, decoding and augmentations; no files.
 */
package dev.convoy.data.input;
