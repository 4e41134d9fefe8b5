package dev.convoy.kernel.reference;

import dev.convoy.kernel.ScalingKernel;

/** {@link ScalingKernel} as its definition reads. */
final class ReferenceScaling implements ScalingKernel {
  @Override
  public void scale(float[] values, int from, int to, float factor) {
    for (int i = from; i < to; i++) {
      values[i] *= factor;
    }
  }
}
