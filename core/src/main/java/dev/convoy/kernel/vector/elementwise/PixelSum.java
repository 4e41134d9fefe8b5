package dev.convoy.kernel.vector.elementwise;

import dev.convoy.kernel.vector.lanes.Lanes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** Sums and ReLU of one pixel; results may be written in place. */
public final class PixelSum {
  private PixelSum() {}

  public static void sum(float[] a, int i, float[] b, int j, float[] result, int r, int channels) {
    for (int c = 0; c < channels; c += Lanes.COUNT) {
      FloatVector.fromArray(Lanes.SPECIES, a, i + c)
          .add(FloatVector.fromArray(Lanes.SPECIES, b, j + c))
          .intoArray(result, r + c);
    }
  }

  public static void relu(float[] a, int i, float[] b, int j, float[] result, int r, int channels) {
    for (int c = 0; c < channels; c += Lanes.COUNT) {
      FloatVector.fromArray(Lanes.SPECIES, a, i + c)
          .add(FloatVector.fromArray(Lanes.SPECIES, b, j + c))
          .max(0f)
          .intoArray(result, r + c);
    }
  }

  /** Makes g zero where y is not greater than zero. */
  public static void mask(float[] y, int i, float[] g, int j, int channels) {
    FloatVector zero = FloatVector.zero(Lanes.SPECIES);
    for (int c = 0; c < channels; c += Lanes.COUNT) {
      FloatVector result = FloatVector.fromArray(Lanes.SPECIES, y, i + c);
      FloatVector gradient = FloatVector.fromArray(Lanes.SPECIES, g, j + c);
      zero.blend(gradient, result.compare(VectorOperators.GT, 0f)).intoArray(g, j + c);
    }
  }

  /** Adds g to {@code there}, or overwrites it. */
  public static void give(float[] g, int i, boolean add, float[] there, int r, int channels) {
    if (add) {
      sum(there, r, g, i, there, r, channels);
    } else {
      System.arraycopy(g, i, there, r, channels);
    }
  }
}
