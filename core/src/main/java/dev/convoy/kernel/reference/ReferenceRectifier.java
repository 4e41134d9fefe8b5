package dev.convoy.kernel.reference;

import dev.convoy.kernel.Activation;

/** max(x, 0); the derivative at zero is zero. */
final class ReferenceRectifier implements Activation {
  @Override
  public void forward(int length, float[] values) {
    for (int i = 0; i < length; i++) {
      values[i] = Math.max(values[i], 0f);
    }
  }

  @Override
  public void backward(int length, float[] results, float[] gradient) {
    for (int i = 0; i < length; i++) {
      gradient[i] = results[i] > 0f ? gradient[i] : 0f;
    }
  }
}
