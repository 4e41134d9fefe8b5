package dev.convoy.kernel.reference;

import dev.convoy.kernel.ActivationKernel;
import dev.convoy.kernel.FloatMath;

/** A tanh(S x) with A = 1.7159 and S = 2/3 (LeCun et al. 1998, equation 6 and appendix A). */
final class ReferenceScaledTanh implements ActivationKernel {
  private static final float AMPLITUDE = 1.7159f;
  private static final float SLOPE = 2f / 3f;

  @Override
  public void forward(float[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      values[i] = AMPLITUDE * FloatMath.tanh(SLOPE * values[i]);
    }
  }

  /** Multiplies by the derivative, A S (1 - (y/A)^2) = A S - (S/A) y^2. */
  @Override
  public void backward(float[] results, int from, float[] gradient, int at, int length) {
    for (int i = 0; i < length; i++) {
      float y = results[from + i];
      gradient[at + i] *= Math.fma(y * y, -SLOPE / AMPLITUDE, AMPLITUDE * SLOPE);
    }
  }
}
