package dev.convoy.kernel;

/**
 * Max pooling of one geometry; remembers which element won. Not thread-safe: a worker has its own.
 *
 * <p>Shapes: {@code input} is (N,H,W,C), {@code output} is (N,OH,OW,C), C padded to 16.
 */
public interface MaxPooling {
  /**
   * {@code output[n,oy,ox,c]} is the greatest of its window; the first in row order wins a draw,
   * and what is not a number wins over all numbers, so that divergence is not hidden.
   */
  void forward(int images, float[] input, float[] output);

  /**
   * The winner of the last {@link #forward} gets the output's gradient, all others zero; where
   * windows overlap, gradients are added in the order of (oy,ox). Overwrites {@code inputGradient}.
   */
  void backward(int images, float[] outputGradient, float[] inputGradient);
}
