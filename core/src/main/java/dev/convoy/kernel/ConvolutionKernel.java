package dev.convoy.kernel;

import dev.convoy.concurrent.Worker;
import dev.convoy.tensor.Tensor;

/**
 * A convolution of one geometry. The order of additions stated here is that of {@link
 * ConvolutionAlgorithm#DIRECT}; {@link Winograd} states that of {@link
 * ConvolutionAlgorithm#WINOGRAD}. All workers of a team call it together, and each does its share;
 * the results are complete when all have returned.
 *
 * <p>Shapes: {@code input} is (N,H,W,C) with the geometry's input stride, {@code output} is
 * (N,OH,OW,O). The filter lies at {@code filter} in {@code weights}, packed as (O/16,KH,KW,C,16)
 * with O padded to 16; the bias, O padded to 16, at {@code bias}, or nowhere if {@code bias} is
 * negative. In the padding of O, filter and bias are zero.
 *
 * <p>With G groups, C and O are cut into G equal parts, both whole multiples of 16 channels;
 * outputs of a part see inputs of the same part only, and the filter's C is C/G (Krizhevsky et al.
 * 2012, section 3.5).
 */
public interface ConvolutionKernel {
  /**
   * Computes {@code output[n,oy,ox,o] = bias[o] + sum over (ky,kx,c) of
   * input[n,oy*s+ky-p,ox*s+kx-p,c] * filter[ky,kx,c,o]}: one chain of fused multiply-adds in the
   * order (ky,kx,c), beginning with the bias, in which padding counts as zero.
   *
   * @param epilogue is run on each band of the output once it is complete
   */
  void forward(
      Worker worker,
      int images,
      Tensor input,
      float[] weights,
      int filter,
      int bias,
      Epilogue epilogue,
      Tensor output);

  /** Computes the gradient of the input without an epilogue. */
  default void inputGradient(
      Worker worker,
      int images,
      Tensor outputGradient,
      float[] weights,
      int filter,
      boolean add,
      Tensor inputGradient) {
    inputGradient(
        worker, images, outputGradient, weights, filter, add, Epilogue.NONE, inputGradient);
  }

  /**
   * Computes {@code inputGradient[n,y,x,c] = sum over (ky,kx,o) of
   * outputGradient[n,(y+p-ky)/s,(x+p-kx)/s,o] * filter[ky,kx,c,o]}, where the divisions are exact:
   * one chain in the order (ky,kx,o), in which outputs that do not exist count as zero. It begins
   * with +0, or with the previous value if {@code add}. The gradient's channels are padded to 16.
   *
   * @param epilogue is run on each band of the input's gradient once it is complete
   */
  void inputGradient(
      Worker worker,
      int images,
      Tensor outputGradient,
      float[] weights,
      int filter,
      boolean add,
      Epilogue epilogue,
      Tensor inputGradient);

  /**
   * Computes {@code filterGradient[ky,kx,c,o] = sum over (n,oy,ox) of
   * input[n,oy*s+ky-p,ox*s+kx-p,c] * outputGradient[n,oy,ox,o]}: for each virtual node one chain in
   * the order (n,oy,ox), beginning with +0; then the nodes' sums in the tree. The bias' gradient is
   * the sum of {@code outputGradient[n,oy,ox,o]}, as {@link BiasGradientKernel} defines it. Both
   * overwrite.
   */
  void weightGradient(
      Worker worker,
      VirtualNodeTree tree,
      Tensor input,
      Tensor outputGradient,
      float[] gradients,
      int filter,
      int bias);
}
