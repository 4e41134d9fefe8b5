package dev.convoy.kernel;

import dev.convoy.concurrent.Worker;
import dev.convoy.tensor.Tensor;

/**
 * The products of a fully connected layer with its matrix of weights, from I inputs to O outputs.
 * All workers of a team call it together, and each does its share; the results are complete when
 * all have returned.
 *
 * <p>Shapes: {@code input} is (N,I) and {@code output} (N,O), I and O both padded to 16; the values
 * of an image are contiguous, and images may lie further apart; the matrix is packed as (I,O) with
 * both padded and lies at {@code matrix} in {@code weights}; the bias, O padded, at {@code bias}.
 * In the padding everything is zero.
 */
public interface FullyConnectedKernel {
  /**
   * Computes {@code output[n,o] = bias[o] + sum over i of input[n,i] * matrix[i,o]}: one chain of
   * fused multiply-adds in the order of i, beginning with the bias.
   */
  void forward(
      Worker worker,
      int images,
      Tensor input,
      float[] weights,
      int matrix,
      int bias,
      Tensor output);

  /**
   * Computes {@code inputGradient[n,i] = sum over o of outputGradient[n,o] * matrix[i,o]}: sixteen
   * chains, the l-th over the outputs o with o mod 16 = l in ascending order, beginning with +0,
   * which are then added in the balanced binary tree over l. So the matrix need not be transposed.
   * Added to the previous values if {@code add}.
   */
  void inputGradient(
      Worker worker,
      int images,
      Tensor outputGradient,
      float[] weights,
      int matrix,
      boolean add,
      Tensor inputGradient);

  /**
   * Computes {@code matrixGradient[i,o] = sum over n of input[n,i] * outputGradient[n,o]}: for each
   * virtual node one chain in the order of n, beginning with +0; then the nodes' sums in the tree.
   * The bias' gradient is the sum of {@code outputGradient[n,o]}, as {@link BiasGradientKernel}
   * defines it. Both overwrite.
   *
   * @param firstRow the first row i that is computed, a multiple of 16
   * @param endRow the end of those rows, exclusive, a multiple of 16
   * @param matrix where the gradient of the first of these rows belongs
   * @param bias where the bias' gradient belongs; negative if it is not computed
   */
  void weightGradient(
      Worker worker,
      VirtualNodeTree tree,
      Tensor input,
      Tensor outputGradient,
      int firstRow,
      int endRow,
      float[] gradients,
      int matrix,
      int bias);
}
