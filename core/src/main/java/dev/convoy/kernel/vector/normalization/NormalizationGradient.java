package dev.convoy.kernel.vector.normalization;

import dev.convoy.kernel.vector.lanes.Lanes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * One pixel of the gradient of batch normalization's input, {@code fma(g, factor, fma(x - mean,
 * slope, shift))}, from rows of {@link VirtualNodeMoments}: written, perhaps in place of g, or
 * added; and with g as it is, or counted only where the normalized x is greater than zero.
 */
final class NormalizationGradient {
  private NormalizationGradient() {}

  static void write(
      VirtualNodeMoments node,
      int row,
      float[] x,
      int i,
      float[] g,
      int j,
      float[] result,
      int r,
      int channels) {
    float[] means = node.means;
    float[] factors = node.factors;
    float[] slopes = node.slopes;
    float[] shifts = node.shifts;
    for (int c = 0; c < channels; c += Lanes.COUNT) {
      FloatVector value = FloatVector.fromArray(Lanes.SPECIES, x, i + c);
      FloatVector gradient = FloatVector.fromArray(Lanes.SPECIES, g, j + c);
      FloatVector factor = FloatVector.fromArray(Lanes.SPECIES, factors, row + c);
      FloatVector mean = FloatVector.fromArray(Lanes.SPECIES, means, row + c);
      FloatVector slope = FloatVector.fromArray(Lanes.SPECIES, slopes, row + c);
      FloatVector shift = FloatVector.fromArray(Lanes.SPECIES, shifts, row + c);
      gradient.fma(factor, value.sub(mean).fma(slope, shift)).intoArray(result, r + c);
    }
  }

  static void add(
      VirtualNodeMoments node,
      int row,
      float[] x,
      int i,
      float[] g,
      int j,
      float[] result,
      int r,
      int channels) {
    float[] means = node.means;
    float[] factors = node.factors;
    float[] slopes = node.slopes;
    float[] shifts = node.shifts;
    for (int c = 0; c < channels; c += Lanes.COUNT) {
      FloatVector value = FloatVector.fromArray(Lanes.SPECIES, x, i + c);
      FloatVector gradient = FloatVector.fromArray(Lanes.SPECIES, g, j + c);
      FloatVector factor = FloatVector.fromArray(Lanes.SPECIES, factors, row + c);
      FloatVector mean = FloatVector.fromArray(Lanes.SPECIES, means, row + c);
      FloatVector slope = FloatVector.fromArray(Lanes.SPECIES, slopes, row + c);
      FloatVector shift = FloatVector.fromArray(Lanes.SPECIES, shifts, row + c);
      FloatVector there = FloatVector.fromArray(Lanes.SPECIES, result, r + c);
      there.add(gradient.fma(factor, value.sub(mean).fma(slope, shift))).intoArray(result, r + c);
    }
  }

  static void writeRelu(
      VirtualNodeMoments node,
      int row,
      float[] x,
      int i,
      float[] g,
      int j,
      float[] result,
      int r,
      int channels) {
    float[] means = node.means;
    float[] factors = node.factors;
    float[] offsets = node.offsets;
    float[] slopes = node.slopes;
    float[] shifts = node.shifts;
    FloatVector zero = FloatVector.zero(Lanes.SPECIES);
    for (int c = 0; c < channels; c += Lanes.COUNT) {
      FloatVector value = FloatVector.fromArray(Lanes.SPECIES, x, i + c);
      FloatVector gradient = FloatVector.fromArray(Lanes.SPECIES, g, j + c);
      FloatVector factor = FloatVector.fromArray(Lanes.SPECIES, factors, row + c);
      FloatVector offset = FloatVector.fromArray(Lanes.SPECIES, offsets, row + c);
      gradient = zero.blend(gradient, value.fma(factor, offset).compare(VectorOperators.GT, 0f));
      FloatVector mean = FloatVector.fromArray(Lanes.SPECIES, means, row + c);
      FloatVector slope = FloatVector.fromArray(Lanes.SPECIES, slopes, row + c);
      FloatVector shift = FloatVector.fromArray(Lanes.SPECIES, shifts, row + c);
      gradient.fma(factor, value.sub(mean).fma(slope, shift)).intoArray(result, r + c);
    }
  }

  static void addRelu(
      VirtualNodeMoments node,
      int row,
      float[] x,
      int i,
      float[] g,
      int j,
      float[] result,
      int r,
      int channels) {
    float[] means = node.means;
    float[] factors = node.factors;
    float[] offsets = node.offsets;
    float[] slopes = node.slopes;
    float[] shifts = node.shifts;
    FloatVector zero = FloatVector.zero(Lanes.SPECIES);
    for (int c = 0; c < channels; c += Lanes.COUNT) {
      FloatVector value = FloatVector.fromArray(Lanes.SPECIES, x, i + c);
      FloatVector gradient = FloatVector.fromArray(Lanes.SPECIES, g, j + c);
      FloatVector factor = FloatVector.fromArray(Lanes.SPECIES, factors, row + c);
      FloatVector offset = FloatVector.fromArray(Lanes.SPECIES, offsets, row + c);
      gradient = zero.blend(gradient, value.fma(factor, offset).compare(VectorOperators.GT, 0f));
      FloatVector mean = FloatVector.fromArray(Lanes.SPECIES, means, row + c);
      FloatVector slope = FloatVector.fromArray(Lanes.SPECIES, slopes, row + c);
      FloatVector shift = FloatVector.fromArray(Lanes.SPECIES, shifts, row + c);
      FloatVector there = FloatVector.fromArray(Lanes.SPECIES, result, r + c);
      there.add(gradient.fma(factor, value.sub(mean).fma(slope, shift))).intoArray(result, r + c);
    }
  }
}
