package dev.convoy.kernel.vector.elementwise;

import dev.convoy.kernel.vector.lanes.Lanes;
import dev.convoy.tensor.Layout;
import jdk.incubator.vector.FloatVector;

/** Sums of channels over pixels. */
final class PanelSum {
  /** Channels that are added up at a time. */
  static final int CHANNELS = PanelSumMicroKernel.VECTORS * Layout.LANES;

  private PanelSum() {}

  /**
   * Computes in {@code to[0..channels)} the sums over {@code pixels}, chains that begin with +0.
   *
   * @param channels at most {@link #CHANNELS}, a multiple of 16
   */
  static void over(int pixels, int channels, float[] from, int at, int stride, float[] to) {
    int wide = PanelSumMicroKernel.VECTORS * Lanes.COUNT;
    int c = 0;
    for (; c + wide <= channels; c += wide) {
      PanelSumMicroKernel.over4(pixels, from, at + c, stride, to, c);
    }
    for (; c < channels; c += Lanes.COUNT) {
      PanelSumMicroKernel.over1(pixels, from, at + c, stride, to, c);
    }
  }

  /** Adds one row of channels to another. */
  static void add(int channels, float[] to, int toAt, float[] from, int at) {
    for (int c = 0; c < channels; c += Lanes.COUNT) {
      FloatVector.fromArray(Lanes.SPECIES, to, toAt + c)
          .add(FloatVector.fromArray(Lanes.SPECIES, from, at + c))
          .intoArray(to, toAt + c);
    }
  }
}
