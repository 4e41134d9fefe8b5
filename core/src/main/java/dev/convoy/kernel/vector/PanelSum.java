package dev.convoy.kernel.vector;

import dev.convoy.tensor.Layout;
import jdk.incubator.vector.FloatVector;

/** Sums of 16 channels. */
final class PanelSum {
  private PanelSum() {}

  /** {@code to[0..16)} = the sum over {@code pixels}, one chain that begins with +0. */
  static void over(int pixels, float[] from, int at, int stride, float[] to) {
    for (int v = 0; v < Layout.LANES; v += Lanes.COUNT) {
      vector(pixels, from, at + v, stride, to, v);
    }
  }

  private static void vector(int pixels, float[] from, int at, int stride, float[] to, int toAt) {
    FloatVector sum = FloatVector.zero(Lanes.SPECIES);
    for (int p = 0; p < pixels; p++) {
      sum = sum.add(FloatVector.fromArray(Lanes.SPECIES, from, at + p * stride));
    }
    sum.intoArray(to, toAt);
  }

  /** Adds 16 numbers to 16 others. */
  static void add(float[] to, int toAt, float[] from, int at) {
    for (int v = 0; v < Layout.LANES; v += Lanes.COUNT) {
      FloatVector.fromArray(Lanes.SPECIES, to, toAt + v)
          .add(FloatVector.fromArray(Lanes.SPECIES, from, at + v))
          .intoArray(to, toAt + v);
    }
  }
}
