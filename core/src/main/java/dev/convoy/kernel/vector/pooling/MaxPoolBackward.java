package dev.convoy.kernel.vector.pooling;

import dev.convoy.kernel.vector.lanes.Lanes;
import dev.convoy.tensor.Tensor;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Max pooling's backward pass: the gradient of one input pixel from some windows, one after the
 * other, all channels. For each window there are three integers in {@code windows}: where its
 * gradients are, where its argmax is, and which place in it the pixel has.
 */
final class MaxPoolBackward {
  private MaxPoolBackward() {}

  /**
   * Sums, for one input pixel, the gradients of the windows whose largest value it is.
   *
   * @param count of integers in {@code windows}
   * @param add whether to add to the values at {@code out[to..]}, or to zero
   */
  static void of(
      int[] windows,
      int count,
      float[] gradients,
      float[] argmax,
      int channels,
      boolean add,
      float[] out,
      int to) {
    boolean adds = add;
    int i = 0;
    for (; i + 12 <= count; i += 12) {
      MaxPoolGradientMicroKernel.windows4(windows, i, gradients, argmax, channels, adds, out, to);
      adds = true;
    }
    if (i + 6 <= count) {
      MaxPoolGradientMicroKernel.windows2(windows, i, gradients, argmax, channels, adds, out, to);
      adds = true;
      i += 6;
    }
    if (i < count) {
      MaxPoolGradientMicroKernel.windows1(windows, i, gradients, argmax, channels, adds, out, to);
    }
  }

  /**
   * Computes the gradients of two neighbouring input pixels from the one window of two columns that
   * contains both.
   *
   * @param window a pixel of the output
   * @param place of the first pixel in it; the second has the next
   * @param pixel the first of the two
   */
  static void toPair(
      Tensor outputGradient,
      int window,
      float[] argmax,
      float place,
      int channels,
      boolean add,
      Tensor inputGradient,
      int pixel) {
    float[] gradients = outputGradient.data();
    float[] out = inputGradient.data();
    int from = outputGradient.pixel(window);
    int best = window * channels;
    int to = inputGradient.pixel(pixel);
    int next = to + inputGradient.stride();
    FloatVector zero = FloatVector.zero(Lanes.SPECIES);
    for (int c = 0; c < channels; c += Lanes.COUNT) {
      FloatVector gradient = FloatVector.fromArray(Lanes.SPECIES, gradients, from + c);
      FloatVector greatest = FloatVector.fromArray(Lanes.SPECIES, argmax, best + c);
      FloatVector sum = add ? FloatVector.fromArray(Lanes.SPECIES, out, to + c) : zero;
      sum.add(zero.blend(gradient, greatest.compare(VectorOperators.EQ, place)))
          .intoArray(out, to + c);
      sum = add ? FloatVector.fromArray(Lanes.SPECIES, out, next + c) : zero;
      sum.add(zero.blend(gradient, greatest.compare(VectorOperators.EQ, place + 1f)))
          .intoArray(out, next + c);
    }
  }
}
