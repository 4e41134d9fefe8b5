package dev.convoy.kernel;

/** A function of each value by itself, whose derivative its own result tells. Works in place. */
public interface Activation {
  /** Replaces {@code values[0..length)} by the function's results. */
  void forward(int length, float[] values);

  /**
   * Multiplies {@code gradient[0..length)} by the derivative at the inputs that gave {@code
   * results}.
   */
  void backward(int length, float[] results, float[] gradient);
}
