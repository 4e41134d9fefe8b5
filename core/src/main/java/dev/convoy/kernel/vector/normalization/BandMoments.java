package dev.convoy.kernel.vector.normalization;

import dev.convoy.kernel.vector.lanes.Lanes;
import dev.convoy.tensor.Tensor;
import jdk.incubator.vector.FloatVector;

/**
 * Sums and squared deviations of a band's pixels, in tables of one row of channels, each sum a
 * chain in the order of the pixels. Pixels are taken {@link #GROUP} at a time, for then a sum is
 * loaded and stored that much less often.
 */
final class BandMoments {
  /** Pixels of a group. */
  private static final int GROUP = 8;

  private BandMoments() {}

  /** {@code sums[at + c]} becomes the sum of channel c over {@code count} pixels. */
  static void sums(Tensor x, int first, int count, int channels, float[] sums, int at) {
    clear(channels, sums, at);
    int stride = x.stride();
    int i = x.pixel(first);
    int end = x.pixel(first + count);
    for (; i + GROUP * stride <= end; i += GROUP * stride) {
      addGroup(x.data(), i, stride, channels, sums, at);
    }
    for (; i < end; i += stride) {
      addPixel(x.data(), i, channels, sums, at);
    }
  }

  /**
   * {@code squares[at + c]} becomes the sum of squared deviations of channel c from its mean over
   * these pixels, whose {@link #sums} are there.
   */
  static void squares(
      Tensor x, int first, int count, int channels, float[] sums, float[] squares, int at) {
    clear(channels, squares, at);
    float reciprocal = 1f / count;
    int stride = x.stride();
    int i = x.pixel(first);
    int end = x.pixel(first + count);
    for (; i + GROUP * stride <= end; i += GROUP * stride) {
      squareGroup(x.data(), i, stride, channels, sums, reciprocal, squares, at);
    }
    for (; i < end; i += stride) {
      squarePixel(x.data(), i, channels, sums, reciprocal, squares, at);
    }
  }

  private static void clear(int channels, float[] table, int at) {
    FloatVector zero = FloatVector.zero(Lanes.SPECIES);
    for (int c = 0; c < channels; c += Lanes.COUNT) {
      zero.intoArray(table, at + c);
    }
  }

  private static void addPixel(float[] x, int i, int channels, float[] sums, int at) {
    for (int c = 0; c < channels; c += Lanes.COUNT) {
      FloatVector.fromArray(Lanes.SPECIES, sums, at + c)
          .add(FloatVector.fromArray(Lanes.SPECIES, x, i + c))
          .intoArray(sums, at + c);
    }
  }

  private static void addGroup(float[] x, int i, int stride, int channels, float[] sums, int at) {
    int i1 = i + stride;
    int i2 = i1 + stride;
    int i3 = i2 + stride;
    int i4 = i3 + stride;
    int i5 = i4 + stride;
    int i6 = i5 + stride;
    int i7 = i6 + stride;
    for (int c = 0; c < channels; c += Lanes.COUNT) {
      FloatVector.fromArray(Lanes.SPECIES, sums, at + c)
          .add(FloatVector.fromArray(Lanes.SPECIES, x, i + c))
          .add(FloatVector.fromArray(Lanes.SPECIES, x, i1 + c))
          .add(FloatVector.fromArray(Lanes.SPECIES, x, i2 + c))
          .add(FloatVector.fromArray(Lanes.SPECIES, x, i3 + c))
          .add(FloatVector.fromArray(Lanes.SPECIES, x, i4 + c))
          .add(FloatVector.fromArray(Lanes.SPECIES, x, i5 + c))
          .add(FloatVector.fromArray(Lanes.SPECIES, x, i6 + c))
          .add(FloatVector.fromArray(Lanes.SPECIES, x, i7 + c))
          .intoArray(sums, at + c);
    }
  }

  private static void squarePixel(
      float[] x, int i, int channels, float[] sums, float reciprocal, float[] squares, int at) {
    for (int c = 0; c < channels; c += Lanes.COUNT) {
      FloatVector mean = FloatVector.fromArray(Lanes.SPECIES, sums, at + c).mul(reciprocal);
      FloatVector d = FloatVector.fromArray(Lanes.SPECIES, x, i + c).sub(mean);
      d.fma(d, FloatVector.fromArray(Lanes.SPECIES, squares, at + c)).intoArray(squares, at + c);
    }
  }

  private static void squareGroup(
      float[] x,
      int i,
      int stride,
      int channels,
      float[] sums,
      float reciprocal,
      float[] squares,
      int at) {
    int i1 = i + stride;
    int i2 = i1 + stride;
    int i3 = i2 + stride;
    int i4 = i3 + stride;
    int i5 = i4 + stride;
    int i6 = i5 + stride;
    int i7 = i6 + stride;
    for (int c = 0; c < channels; c += Lanes.COUNT) {
      FloatVector mean = FloatVector.fromArray(Lanes.SPECIES, sums, at + c).mul(reciprocal);
      FloatVector d0 = FloatVector.fromArray(Lanes.SPECIES, x, i + c).sub(mean);
      FloatVector d1 = FloatVector.fromArray(Lanes.SPECIES, x, i1 + c).sub(mean);
      FloatVector d2 = FloatVector.fromArray(Lanes.SPECIES, x, i2 + c).sub(mean);
      FloatVector d3 = FloatVector.fromArray(Lanes.SPECIES, x, i3 + c).sub(mean);
      FloatVector d4 = FloatVector.fromArray(Lanes.SPECIES, x, i4 + c).sub(mean);
      FloatVector d5 = FloatVector.fromArray(Lanes.SPECIES, x, i5 + c).sub(mean);
      FloatVector d6 = FloatVector.fromArray(Lanes.SPECIES, x, i6 + c).sub(mean);
      FloatVector d7 = FloatVector.fromArray(Lanes.SPECIES, x, i7 + c).sub(mean);
      FloatVector sum = FloatVector.fromArray(Lanes.SPECIES, squares, at + c);
      sum = d3.fma(d3, d2.fma(d2, d1.fma(d1, d0.fma(d0, sum))));
      d7.fma(d7, d6.fma(d6, d5.fma(d5, d4.fma(d4, sum)))).intoArray(squares, at + c);
    }
  }
}
