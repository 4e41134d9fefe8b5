package dev.convoy.kernel;

import dev.convoy.concurrent.Worker;

/**
 * The sum of two activations, with ReLU or without (He et al. 2016, equation 1). All workers of a
 * team call it together, and each does its share.
 *
 * <p>Shapes: all are (N,H,W,C), C padded to 16.
 */
public interface AdditionKernel {
  /**
   * Computes {@code output = input + shortcut}, then {@code max(output, 0)} with ReLU, for the
   * pixels from {@code from} to {@code to}, exclusive, counted over all images. The output may be
   * the input.
   */
  void forward(NormalizationTensors tensors, int from, int to);

  /**
   * Gives the output's gradient to both addends; with ReLU it is zero where the output is not
   * greater than zero. Their gradients are overwritten or added to, as {@code gradients} says.
   */
  void backward(
      Worker worker, int images, NormalizationTensors tensors, NormalizationGradients gradients);
}
