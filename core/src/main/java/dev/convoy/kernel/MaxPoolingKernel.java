package dev.convoy.kernel;

import dev.convoy.concurrent.Worker;
import dev.convoy.tensor.Tensor;

/**
 * Max pooling of one geometry; remembers the argmax of each window. All workers of a team call it
 * together, and each does its share.
 *
 * <p>Shapes: {@code input} is (N,H,W,C), {@code output} is (N,OH,OW,C), C padded to 16.
 */
public interface MaxPoolingKernel {
  /**
   * Takes the maximum of each window: {@code output[n,oy,ox,c]} is the greatest value of its
   * window. The argmax is the first of equal values in row order; NaN counts as greater than all
   * values before it, so that divergence is not hidden. Padding is ignored.
   */
  void forward(Worker worker, int images, Tensor input, Tensor output);

  /**
   * Computes {@code inputGradient[n,y,x,c] = sum over the windows (oy,ox) that contain it of
   * outputGradient[n,oy,ox,c]} if it was their argmax in the last {@link #forward}, of zero if not:
   * one chain in the order of (oy,ox), beginning with +0, or with the previous value if {@code
   * add}.
   *
   * @param epilogue is run on each band of the input's gradient once it is complete
   */
  void backward(
      Worker worker,
      int images,
      Tensor outputGradient,
      boolean add,
      Epilogue epilogue,
      Tensor inputGradient);
}
