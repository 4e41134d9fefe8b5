package dev.convoy.kernel.vector.elementwise;

import dev.convoy.kernel.vector.lanes.Lanes;
import dev.convoy.tensor.Layout;
import jdk.incubator.vector.FloatVector;

/** Sums of channels over pixels. */
final class PanelSum {
  /** Channels that are added up at a time: four chains hide each other's latency. */
  static final int CHANNELS = 4 * Layout.LANES;

  private PanelSum() {}

  /**
   * {@code to[0..channels)} = the sum over {@code pixels}, chains that begin with +0.
   *
   * @param channels at most {@link #CHANNELS}, a multiple of 16
   */
  static void over(int pixels, int channels, float[] from, int at, int stride, float[] to) {
    int c = 0;
    for (; c + 4 * Lanes.COUNT <= channels; c += 4 * Lanes.COUNT) {
      four(pixels, from, at + c, stride, to, c);
    }
    for (; c < channels; c += Lanes.COUNT) {
      one(pixels, from, at + c, stride, to, c);
    }
  }

  private static void four(int pixels, float[] from, int at, int stride, float[] to, int toAt) {
    FloatVector sum0 = FloatVector.zero(Lanes.SPECIES);
    FloatVector sum1 = FloatVector.zero(Lanes.SPECIES);
    FloatVector sum2 = FloatVector.zero(Lanes.SPECIES);
    FloatVector sum3 = FloatVector.zero(Lanes.SPECIES);
    for (int p = 0; p < pixels; p++) {
      int i = at + p * stride;
      sum0 = sum0.add(FloatVector.fromArray(Lanes.SPECIES, from, i));
      sum1 = sum1.add(FloatVector.fromArray(Lanes.SPECIES, from, i + Lanes.COUNT));
      sum2 = sum2.add(FloatVector.fromArray(Lanes.SPECIES, from, i + 2 * Lanes.COUNT));
      sum3 = sum3.add(FloatVector.fromArray(Lanes.SPECIES, from, i + 3 * Lanes.COUNT));
    }
    sum0.intoArray(to, toAt);
    sum1.intoArray(to, toAt + Lanes.COUNT);
    sum2.intoArray(to, toAt + 2 * Lanes.COUNT);
    sum3.intoArray(to, toAt + 3 * Lanes.COUNT);
  }

  private static void one(int pixels, float[] from, int at, int stride, float[] to, int toAt) {
    FloatVector sum = FloatVector.zero(Lanes.SPECIES);
    for (int p = 0; p < pixels; p++) {
      sum = sum.add(FloatVector.fromArray(Lanes.SPECIES, from, at + p * stride));
    }
    sum.intoArray(to, toAt);
  }

  /** Adds numbers to as many others. */
  static void add(int channels, float[] to, int toAt, float[] from, int at) {
    for (int c = 0; c < channels; c += Lanes.COUNT) {
      FloatVector.fromArray(Lanes.SPECIES, to, toAt + c)
          .add(FloatVector.fromArray(Lanes.SPECIES, from, at + c))
          .intoArray(to, toAt + c);
    }
  }
}
