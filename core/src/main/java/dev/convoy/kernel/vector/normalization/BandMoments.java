package dev.convoy.kernel.vector.normalization;

import dev.convoy.kernel.vector.lanes.Lanes;
import dev.convoy.tensor.Tensor;
import jdk.incubator.vector.FloatVector;

/**
 * Sums and squared deviations of a band's pixels, in tables of one row of channels, each sum a
 * chain in the order of the pixels. Pixels are processed in groups, so that sums are loaded and
 * stored less often.
 */
final class BandMoments {
  private static final int GROUP = BandMomentsMicroKernel.GROUP;

  private BandMoments() {}

  /** Computes in {@code sums[at + c]} the sum of channel c over {@code count} pixels. */
  static void sums(Tensor x, int first, int count, int channels, float[] sums, int at) {
    clear(channels, sums, at);
    int stride = x.stride();
    int i = x.pixel(first);
    int end = x.pixel(first + count);
    for (; i + GROUP * stride <= end; i += GROUP * stride) {
      BandMomentsMicroKernel.add8(x.data(), i, stride, channels, sums, at);
    }
    for (; i < end; i += stride) {
      BandMomentsMicroKernel.add1(x.data(), i, stride, channels, sums, at);
    }
  }

  /**
   * Computes in {@code squares[at + c]} the sum of squared deviations of channel c from its mean
   * over these pixels, from their {@link #sums}.
   */
  static void squares(
      Tensor x, int first, int count, int channels, float[] sums, float[] squares, int at) {
    clear(channels, squares, at);
    float reciprocal = 1f / count;
    int stride = x.stride();
    int i = x.pixel(first);
    int end = x.pixel(first + count);
    for (; i + GROUP * stride <= end; i += GROUP * stride) {
      BandMomentsMicroKernel.square8(x.data(), i, stride, channels, sums, reciprocal, squares, at);
    }
    for (; i < end; i += stride) {
      BandMomentsMicroKernel.square1(x.data(), i, stride, channels, sums, reciprocal, squares, at);
    }
  }

  private static void clear(int channels, float[] table, int at) {
    FloatVector zero = FloatVector.zero(Lanes.SPECIES);
    for (int c = 0; c < channels; c += Lanes.COUNT) {
      zero.intoArray(table, at + c);
    }
  }
}
