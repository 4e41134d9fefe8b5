package dev.convoy.kernel.reference;

import dev.convoy.kernel.Activation;
import dev.convoy.kernel.FloatMath;

/** A tanh(S x) with A = 1.7159 and S = 2/3 (LeCun et al. 1998, equation 6 and appendix A). */
public final class ReferenceScaledTanh implements Activation {
  private static final float AMPLITUDE = 1.7159f;
  private static final float SLOPE = 2f / 3f;

  @Override
  public void forward(int length, float[] values) {
    for (int i = 0; i < length; i++) {
      values[i] = AMPLITUDE * FloatMath.tanh(SLOPE * values[i]);
    }
  }

  /** The derivative is A S (1 - (y/A)^2) = A S - (S/A) y^2. */
  @Override
  public void backward(int length, float[] results, float[] gradient) {
    for (int i = 0; i < length; i++) {
      float y = results[i];
      gradient[i] *= Math.fma(y * y, -SLOPE / AMPLITUDE, AMPLITUDE * SLOPE);
    }
  }
}
