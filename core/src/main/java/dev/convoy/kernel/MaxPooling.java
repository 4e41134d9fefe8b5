package dev.convoy.kernel;

import dev.convoy.concurrent.Worker;
import dev.convoy.tensor.Tensor;

/**
 * Max pooling of one geometry; remembers which element won. All workers of a crew call it together,
 * and each does its share.
 *
 * <p>Shapes: {@code input} is (N,H,W,C), {@code output} is (N,OH,OW,C), C padded to 16.
 */
public interface MaxPooling {
  /**
   * {@code output[n,oy,ox,c]} is the greatest of its window; the first in row order wins a draw,
   * and what is not a number wins over all numbers, so that divergence is not hidden.
   */
  void forward(Worker me, int images, Tensor input, Tensor output);

  /**
   * The winner of the last {@link #forward} gets the output's gradient, all others zero; where
   * windows overlap, gradients are added in the order of (oy,ox). Added to what is there if {@code
   * add}.
   */
  void backward(Worker me, int images, Tensor outputGradient, boolean add, Tensor inputGradient);
}
