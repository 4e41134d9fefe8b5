package dev.convoy.kernel;

import dev.convoy.concurrent.Worker;
import dev.convoy.tensor.Tensor;

/**
 * Average pooling of one geometry without padding; of a window that is the whole image, global
 * average pooling (Lin et al. 2013, section 3.2). All workers of a team call it together, and each
 * does its share.
 *
 * <p>Shapes: {@code input} is (N,H,W,C), {@code output} is (N,OH,OW,C), C padded to 16.
 */
public interface AveragePoolingKernel {
  /**
   * Averages each window: {@code output[n,oy,ox,c]} is the sum of its window, one chain of
   * additions in row order beginning with +0, times the reciprocal of the window's size.
   */
  void forward(Worker worker, int images, Tensor input, Tensor output);

  /**
   * Computes {@code inputGradient[n,y,x,c] = sum over the windows (oy,ox) that contain it of
   * outputGradient[n,oy,ox,c] * reciprocal}: one chain of additions in the order of (oy,ox),
   * beginning with +0, or with the previous value if {@code add}.
   */
  void backward(
      Worker worker, int images, Tensor outputGradient, boolean add, Tensor inputGradient);
}
