package dev.convoy.kernel.reference;

import dev.convoy.kernel.Activation;

/** max(x, 0); the derivative at zero is zero. */
final class ReferenceRectifier implements Activation {
  @Override
  public void forward(float[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      values[i] = Math.max(values[i], 0f);
    }
  }

  @Override
  public void backward(float[] results, float[] gradient, int from, int to) {
    for (int i = from; i < to; i++) {
      gradient[i] = results[i] > 0f ? gradient[i] : 0f;
    }
  }
}
