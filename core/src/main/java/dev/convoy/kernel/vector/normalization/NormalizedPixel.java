package dev.convoy.kernel.vector.normalization;

import dev.convoy.kernel.vector.lanes.Lanes;
import jdk.incubator.vector.FloatVector;

/**
 * One pixel of batch normalization: {@code y = fma(x, factor, offset)}, with or without a shortcut,
 * with or without ReLU. Factors and offsets are rows of tables that stay in the cache.
 */
final class NormalizedPixel {
  private NormalizedPixel() {}

  static void plain(
      float[] x, int i, float[] factors, float[] offsets, int row, float[] y, int o, int channels) {
    for (int c = 0; c < channels; c += Lanes.COUNT) {
      FloatVector factor = FloatVector.fromArray(Lanes.SPECIES, factors, row + c);
      FloatVector offset = FloatVector.fromArray(Lanes.SPECIES, offsets, row + c);
      FloatVector.fromArray(Lanes.SPECIES, x, i + c).fma(factor, offset).intoArray(y, o + c);
    }
  }

  static void relu(
      float[] x, int i, float[] factors, float[] offsets, int row, float[] y, int o, int channels) {
    for (int c = 0; c < channels; c += Lanes.COUNT) {
      FloatVector factor = FloatVector.fromArray(Lanes.SPECIES, factors, row + c);
      FloatVector offset = FloatVector.fromArray(Lanes.SPECIES, offsets, row + c);
      FloatVector.fromArray(Lanes.SPECIES, x, i + c)
          .fma(factor, offset)
          .max(0f)
          .intoArray(y, o + c);
    }
  }

  static void added(
      float[] x,
      int i,
      float[] factors,
      float[] offsets,
      int row,
      float[] shortcut,
      int s,
      float[] y,
      int o,
      int channels) {
    for (int c = 0; c < channels; c += Lanes.COUNT) {
      FloatVector factor = FloatVector.fromArray(Lanes.SPECIES, factors, row + c);
      FloatVector offset = FloatVector.fromArray(Lanes.SPECIES, offsets, row + c);
      FloatVector.fromArray(Lanes.SPECIES, x, i + c)
          .fma(factor, offset)
          .add(FloatVector.fromArray(Lanes.SPECIES, shortcut, s + c))
          .intoArray(y, o + c);
    }
  }

  static void addedRelu(
      float[] x,
      int i,
      float[] factors,
      float[] offsets,
      int row,
      float[] shortcut,
      int s,
      float[] y,
      int o,
      int channels) {
    for (int c = 0; c < channels; c += Lanes.COUNT) {
      FloatVector factor = FloatVector.fromArray(Lanes.SPECIES, factors, row + c);
      FloatVector offset = FloatVector.fromArray(Lanes.SPECIES, offsets, row + c);
      FloatVector.fromArray(Lanes.SPECIES, x, i + c)
          .fma(factor, offset)
          .add(FloatVector.fromArray(Lanes.SPECIES, shortcut, s + c))
          .max(0f)
          .intoArray(y, o + c);
    }
  }
}
