package dev.convoy.kernel;

/**
 * An elementwise activation function whose derivative is a function of its result. Works in place.
 */
public interface ActivationKernel {
  /** Replaces {@code values[from..to)} by the function's results. */
  void forward(float[] values, int from, int to);

  /**
   * Multiplies {@code gradient[at + i]} by the derivative at the input that gave {@code
   * results[from + i]}, for i in [0, length).
   */
  void backward(float[] results, int from, float[] gradient, int at, int length);
}
