package dev.convoy.kernel;

/** The multiplication of values by a factor, in place. */
public interface ScalingKernel {
  /** {@code values[i] *= factor}, for i in [from, to); both are multiples of 16. */
  void scale(float[] values, int from, int to, float factor);
}
