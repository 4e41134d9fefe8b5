package dev.convoy.kernel.reference;

import dev.convoy.kernel.ActivationKernel;

/** ReLU, max(x, 0); its derivative at zero is zero. */
final class ReferenceRelu implements ActivationKernel {
  @Override
  public void forward(float[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      values[i] = Math.max(values[i], 0f);
    }
  }

  @Override
  public void backward(float[] results, int from, float[] gradient, int at, int length) {
    for (int i = 0; i < length; i++) {
      gradient[at + i] = results[from + i] > 0f ? gradient[at + i] : 0f;
    }
  }
}
