package dev.convoy.kernel;

import dev.convoy.concurrent.Worker;
import dev.convoy.tensor.Tensor;

/**
 * Max pooling of one geometry; remembers which element won. All workers of a team call it together,
 * and each does its share.
 *
 * <p>Shapes: {@code input} is (N,H,W,C), {@code output} is (N,OH,OW,C), C padded to 16.
 */
public interface MaxPoolingKernel {
  /**
   * {@code output[n,oy,ox,c]} is the greatest of its window; the first in row order wins a draw,
   * and what is not a number wins over all before it, so that divergence is not hidden. Padding
   * takes no part.
   */
  void forward(Worker worker, int images, Tensor input, Tensor output);

  /**
   * {@code inputGradient[n,y,x,c] = sum over the windows (oy,ox) that have it of
   * outputGradient[n,oy,ox,c]} if it won the last {@link #forward} there, of zero if not: one chain
   * in the order of (oy,ox), beginning with +0, or with what is there if {@code add}.
   *
   * @param epilogue is told of each band of the input's gradient that is complete
   */
  void backward(
      Worker worker,
      int images,
      Tensor outputGradient,
      boolean add,
      Epilogue epilogue,
      Tensor inputGradient);
}
