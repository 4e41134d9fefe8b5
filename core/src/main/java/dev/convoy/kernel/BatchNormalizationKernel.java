package dev.convoy.kernel;

import dev.convoy.concurrent.Worker;
import dev.convoy.tensor.Tensor;

/**
 * Batch normalization (Ioffe and Szegedy 2015, algorithm 1), with what follows it in a residual
 * network: the addition of a shortcut and ReLU. An instance is made for one shape and epsilon, with
 * ReLU or without. All workers of a team call it together, and each does its share.
 *
 * <p>Shapes: all activations are (N,H,W,C), the parameters are (C), C padded to 16.
 *
 * <p>The statistics of a virtual node are those of its own images. For one channel of one of the
 * {@link RowBands}, which has n pixels, S is one chain of additions, beginning with +0; the mean is
 * {@code m = S * (1f / n)}; Q is one chain {@code fma(x - m, x - m, Q)}, beginning with +0. A node
 * of N pixels combines its bands in ascending order (Chan, Golub and LeVeque 1979): its mean is the
 * chain of additions of the S, beginning with +0, {@code * (1f / N)}; its sum of squared deviations
 * is the chain {@code Q' = fma((m - mean) * n, m - mean, Q' + Q)}, beginning with +0; its variance
 * is {@code Q' * (1f / N)}. So the statistics can be taken band by band while a band is in the
 * cache, and no digits are lost where the mean is far from zero.
 *
 * <p>Then {@code scale = 1f / (float) Math.sqrt(variance + epsilon)}, {@code factor = weight *
 * scale} and {@code offset = fma(-mean, factor, bias)}.
 */
public interface BatchNormalizationKernel {
  /**
   * Makes the epilogue that takes the statistics of each band of the input; it must have run for
   * all bands before {@link #forward}. Allocates the memory that training needs. Called once, and
   * only for training.
   */
  Epilogue statistics(Tensor input);

  /**
   * Computes {@code output = fma(input, factor, offset)} with the statistics of each virtual node,
   * then {@code + shortcut} if there is one, then {@code max(output, 0)} with ReLU. The statistics
   * of all bands must have been taken, with a barrier since.
   *
   * @param images of all virtual nodes together
   * @param nodes virtual nodes, each of the same number of images
   */
  void forward(
      Worker worker,
      int images,
      int nodes,
      NormalizationTensors tensors,
      float[] weights,
      NormalizationParameters at);

  /**
   * Computes the same as {@link #forward} with the running mean and variance instead of the
   * batch's.
   */
  void evaluate(
      Worker worker,
      int images,
      NormalizationTensors tensors,
      float[] weights,
      NormalizationParameters at);

  /**
   * Makes the epilogue that takes the sums over each band of the output's gradient; it must run for
   * all bands between {@link #forward} and {@link #backward}, for each one when its gradient is
   * complete. It may change the output's gradient, and writes the shortcut's. Called once.
   */
  Epilogue gradientSums(NormalizationTensors tensors, NormalizationGradients gradients);

  /**
   * Computes the gradients of the activations from the output's, with the statistics of the last
   * {@link #forward}. The sums of all bands must have been taken, with a barrier since. With ReLU,
   * the output's gradient g is first made zero where the output is not greater than zero. The
   * shortcut's gradient is g.
   *
   * <p>For each band A is a chain of additions of g, and B a chain {@code fma(g, x - mean, B)};
   * both are added over the node's bands in ascending order; all begin with +0. With {@code r = 1f
   * / N}, {@code shift = -factor * (A * r)} and {@code slope = -factor * (B * scale * scale * r)},
   * multiplied from left to right, the input's gradient is {@code fma(g, factor, fma(x - mean,
   * slope, shift))}. It is overwritten or added to, as {@code gradients} says.
   */
  void backward(
      Worker worker,
      int images,
      int nodes,
      NormalizationTensors tensors,
      NormalizationGradients gradients);

  /**
   * Computes the gradients of the parameters, after {@link #backward}: for one node, the weight's
   * is {@code B * scale} and the bias' is A; the slots of the running mean and variance get the
   * node's mean and its unbiased variance, {@code Q' * (1f / (N - 1))}. All are added over the
   * nodes in the tree, and overwrite what was there.
   */
  void parameterGradients(
      Worker worker, VirtualNodeTree tree, float[] gradients, NormalizationParameters at);
}
