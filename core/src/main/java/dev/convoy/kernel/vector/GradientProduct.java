package dev.convoy.kernel.vector;

import jdk.incubator.vector.FloatVector;

/**
 * The product that gives the gradient of a filter: {@code gradient[k,o] = sum over p of
 * input[pixelAt[p] + tapAt[k]] * outputGradient[p,o]}, each element one chain in the order of p;
 * and the plain sum over p that gives the gradient of a bias.
 *
 * <p>Micro-kernel 8x1: eight taps by one vector of outputs.
 */
final class GradientProduct {
  private static final int ROWS = 8;

  private GradientProduct() {}

  /**
   * @param pixels terms of each sum
   * @param pixelAt where each pixel's window begins in {@code input}
   * @param tapAt what each tap adds to it
   * @param width multiple of 16: floats of a row of {@code outputGradient} and of {@code gradient}
   * @param gradientAt of (k,o) in {@code gradient}
   */
  static void filter(
      int pixels,
      int[] pixelAt,
      int[] tapAt,
      float[] input,
      float[] outputGradient,
      int width,
      float[] gradient,
      int gradientAt) {
    for (int o = 0; o < width; o += Lanes.COUNT) {
      int k = 0;
      for (; k + ROWS <= tapAt.length; k += ROWS) {
        int to = gradientAt + k * width + o;
        eight(pixels, pixelAt, tapAt, k, input, outputGradient, o, width, gradient, to);
      }
      for (; k < tapAt.length; k++) {
        int to = gradientAt + k * width + o;
        one(pixels, pixelAt, tapAt[k], input, outputGradient, o, width, gradient, to);
      }
    }
  }

  /** {@code gradient[o] = sum over p of outputGradient[p,o]}, in the order of p. */
  static void bias(
      int pixels, float[] outputGradient, int width, float[] gradient, int gradientAt) {
    for (int o = 0; o < width; o += Lanes.COUNT) {
      FloatVector sum = FloatVector.zero(Lanes.SPECIES);
      for (int p = 0; p < pixels; p++) {
        sum = sum.add(FloatVector.fromArray(Lanes.SPECIES, outputGradient, p * width + o));
      }
      sum.intoArray(gradient, gradientAt + o);
    }
  }

  private static void eight(
      int pixels,
      int[] pixelAt,
      int[] tapAt,
      int k,
      float[] input,
      float[] outputGradient,
      int o,
      int width,
      float[] gradient,
      int to) {
    int tap0 = tapAt[k];
    int tap1 = tapAt[k + 1];
    int tap2 = tapAt[k + 2];
    int tap3 = tapAt[k + 3];
    int tap4 = tapAt[k + 4];
    int tap5 = tapAt[k + 5];
    int tap6 = tapAt[k + 6];
    int tap7 = tapAt[k + 7];
    FloatVector sum0 = FloatVector.zero(Lanes.SPECIES);
    FloatVector sum1 = FloatVector.zero(Lanes.SPECIES);
    FloatVector sum2 = FloatVector.zero(Lanes.SPECIES);
    FloatVector sum3 = FloatVector.zero(Lanes.SPECIES);
    FloatVector sum4 = FloatVector.zero(Lanes.SPECIES);
    FloatVector sum5 = FloatVector.zero(Lanes.SPECIES);
    FloatVector sum6 = FloatVector.zero(Lanes.SPECIES);
    FloatVector sum7 = FloatVector.zero(Lanes.SPECIES);
    int d = o;
    for (int p = 0; p < pixels; p++) {
      int at = pixelAt[p];
      FloatVector out = FloatVector.fromArray(Lanes.SPECIES, outputGradient, d);
      d += width;
      sum0 = out.fma(FloatVector.broadcast(Lanes.SPECIES, input[at + tap0]), sum0);
      sum1 = out.fma(FloatVector.broadcast(Lanes.SPECIES, input[at + tap1]), sum1);
      sum2 = out.fma(FloatVector.broadcast(Lanes.SPECIES, input[at + tap2]), sum2);
      sum3 = out.fma(FloatVector.broadcast(Lanes.SPECIES, input[at + tap3]), sum3);
      sum4 = out.fma(FloatVector.broadcast(Lanes.SPECIES, input[at + tap4]), sum4);
      sum5 = out.fma(FloatVector.broadcast(Lanes.SPECIES, input[at + tap5]), sum5);
      sum6 = out.fma(FloatVector.broadcast(Lanes.SPECIES, input[at + tap6]), sum6);
      sum7 = out.fma(FloatVector.broadcast(Lanes.SPECIES, input[at + tap7]), sum7);
    }
    sum0.intoArray(gradient, to);
    sum1.intoArray(gradient, to + width);
    sum2.intoArray(gradient, to + 2 * width);
    sum3.intoArray(gradient, to + 3 * width);
    sum4.intoArray(gradient, to + 4 * width);
    sum5.intoArray(gradient, to + 5 * width);
    sum6.intoArray(gradient, to + 6 * width);
    sum7.intoArray(gradient, to + 7 * width);
  }

  private static void one(
      int pixels,
      int[] pixelAt,
      int tap,
      float[] input,
      float[] outputGradient,
      int o,
      int width,
      float[] gradient,
      int to) {
    FloatVector sum = FloatVector.zero(Lanes.SPECIES);
    int d = o;
    for (int p = 0; p < pixels; p++) {
      FloatVector out = FloatVector.fromArray(Lanes.SPECIES, outputGradient, d);
      d += width;
      sum = out.fma(FloatVector.broadcast(Lanes.SPECIES, input[pixelAt[p] + tap]), sum);
    }
    sum.intoArray(gradient, to);
  }
}
