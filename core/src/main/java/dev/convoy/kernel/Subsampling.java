package dev.convoy.kernel;

/**
 * The trainable subsampling of LeNet-5 (LeCun et al. 1998, section II.B), without the squashing:
 * the mean of a window times a coefficient, plus a bias, both of the channel. Not thread-safe: a
 * worker has its own.
 *
 * <p>Shapes: {@code input} is (N,H,W,C), {@code output} is (N,OH,OW,C), coefficient and bias are
 * (C), C padded to 16.
 */
public interface Subsampling {
  /**
   * {@code output = fma(mean, coefficient, bias)}; the mean is the sum of the window in row order
   * times the reciprocal of its size.
   */
  void forward(
      int images, float[] input, float[] weights, int coefficient, int bias, float[] output);

  /**
   * Each element of a window gets {@code outputGradient * coefficient * (1 / size)}. Overwrites.
   */
  void inputGradient(
      int images, float[] outputGradient, float[] weights, int coefficient, float[] inputGradient);

  /**
   * The coefficient's gradient is the chain of {@code fma(outputGradient, mean, sum)} over
   * (n,oy,ox), with the means of the last {@link #forward}; the bias' the plain sum. Overwrites.
   */
  void weightGradient(
      int images, float[] outputGradient, float[] gradients, int coefficient, int bias);
}
