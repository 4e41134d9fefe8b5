package dev.convoy.kernel;

import dev.convoy.concurrent.Worker;
import dev.convoy.tensor.Tensor;

/**
 * The trainable subsampling of LeNet-5 (LeCun et al. 1998, section II.B), without the squashing:
 * the mean of a window times a coefficient, plus a bias, both of the channel. All workers of a team
 * call it together, and each does its share.
 *
 * <p>Shapes: {@code input} is (N,H,W,C), {@code output} is (N,OH,OW,C), coefficient and bias are
 * (C), C padded to 16.
 */
public interface SubsamplingKernel {
  /**
   * Computes {@code output = fma(mean, coefficient, bias)}; the mean is the sum of the window in
   * row order times the reciprocal of its size.
   */
  void forward(
      Worker worker,
      int images,
      Tensor input,
      float[] weights,
      int coefficient,
      int bias,
      Tensor output);

  /**
   * Gives each element of a window {@code outputGradient * coefficient * reciprocal}, multiplied in
   * this order, and zero to all others. Added to the previous values if {@code add}.
   */
  void inputGradient(
      Worker worker,
      int images,
      Tensor outputGradient,
      float[] weights,
      int coefficient,
      boolean add,
      Tensor inputGradient);

  /**
   * Computes the gradients of coefficient and bias: for each virtual node one chain over (n,oy,ox),
   * of fused multiply-adds with the means of the last {@link #forward}, and of plain additions;
   * then the nodes' sums in the tree. Both overwrite.
   */
  void weightGradient(
      Worker worker,
      VirtualNodeTree tree,
      Tensor outputGradient,
      float[] gradients,
      int coefficient,
      int bias);
}
