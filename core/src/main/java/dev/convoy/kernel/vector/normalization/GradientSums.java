package dev.convoy.kernel.vector.normalization;

import dev.convoy.kernel.vector.lanes.Lanes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Adds the gradients g of a few pixels, and their products with the deviations from the mean, to
 * rows of sums, each sum a chain in the order of the pixels. Four pixels at a time load and store
 * the sums a quarter as often.
 */
final class GradientSums {
  /** Pixels of a group. */
  static final int GROUP = 4;

  private GradientSums() {}

  static void pixel(
      VirtualNodeMoments node, int row, float[] x, int i, float[] g, int j, int at, int channels) {
    float[] sums = node.bandSums;
    float[] products = node.bandProducts;
    float[] means = node.means;
    for (int c = 0; c < channels; c += Lanes.COUNT) {
      FloatVector mean = FloatVector.fromArray(Lanes.SPECIES, means, row + c);
      FloatVector sum = FloatVector.fromArray(Lanes.SPECIES, sums, at + c);
      FloatVector product = FloatVector.fromArray(Lanes.SPECIES, products, at + c);
      FloatVector gradient = FloatVector.fromArray(Lanes.SPECIES, g, j + c);
      FloatVector deviation = FloatVector.fromArray(Lanes.SPECIES, x, i + c).sub(mean);
      sum.add(gradient).intoArray(sums, at + c);
      gradient.fma(deviation, product).intoArray(products, at + c);
    }
  }

  static void group(
      VirtualNodeMoments node,
      int row,
      float[] x,
      int i,
      int xStride,
      float[] g,
      int j,
      int gStride,
      int at,
      int channels) {
    float[] sums = node.bandSums;
    float[] products = node.bandProducts;
    float[] means = node.means;
    int i1 = i + xStride;
    int i2 = i1 + xStride;
    int i3 = i2 + xStride;
    int j1 = j + gStride;
    int j2 = j1 + gStride;
    int j3 = j2 + gStride;
    for (int c = 0; c < channels; c += Lanes.COUNT) {
      FloatVector mean = FloatVector.fromArray(Lanes.SPECIES, means, row + c);
      FloatVector g0 = FloatVector.fromArray(Lanes.SPECIES, g, j + c);
      FloatVector g1 = FloatVector.fromArray(Lanes.SPECIES, g, j1 + c);
      FloatVector g2 = FloatVector.fromArray(Lanes.SPECIES, g, j2 + c);
      FloatVector g3 = FloatVector.fromArray(Lanes.SPECIES, g, j3 + c);
      FloatVector sum = FloatVector.fromArray(Lanes.SPECIES, sums, at + c);
      sum.add(g0).add(g1).add(g2).add(g3).intoArray(sums, at + c);
      FloatVector product = FloatVector.fromArray(Lanes.SPECIES, products, at + c);
      product = g0.fma(FloatVector.fromArray(Lanes.SPECIES, x, i + c).sub(mean), product);
      product = g1.fma(FloatVector.fromArray(Lanes.SPECIES, x, i1 + c).sub(mean), product);
      product = g2.fma(FloatVector.fromArray(Lanes.SPECIES, x, i2 + c).sub(mean), product);
      product = g3.fma(FloatVector.fromArray(Lanes.SPECIES, x, i3 + c).sub(mean), product);
      product.intoArray(products, at + c);
    }
  }

  /** As {@link #pixel}, where g counts only where the normalized x is greater than zero. */
  static void reluPixel(
      VirtualNodeMoments node, int row, float[] x, int i, float[] g, int j, int at, int channels) {
    float[] sums = node.bandSums;
    float[] products = node.bandProducts;
    float[] means = node.means;
    float[] factors = node.factors;
    float[] offsets = node.offsets;
    FloatVector zero = FloatVector.zero(Lanes.SPECIES);
    for (int c = 0; c < channels; c += Lanes.COUNT) {
      FloatVector mean = FloatVector.fromArray(Lanes.SPECIES, means, row + c);
      FloatVector sum = FloatVector.fromArray(Lanes.SPECIES, sums, at + c);
      FloatVector product = FloatVector.fromArray(Lanes.SPECIES, products, at + c);
      FloatVector factor = FloatVector.fromArray(Lanes.SPECIES, factors, row + c);
      FloatVector offset = FloatVector.fromArray(Lanes.SPECIES, offsets, row + c);
      FloatVector value = FloatVector.fromArray(Lanes.SPECIES, x, i + c);
      FloatVector given = FloatVector.fromArray(Lanes.SPECIES, g, j + c);
      FloatVector gradient =
          zero.blend(given, value.fma(factor, offset).compare(VectorOperators.GT, 0f));
      FloatVector deviation = value.sub(mean);
      sum.add(gradient).intoArray(sums, at + c);
      gradient.fma(deviation, product).intoArray(products, at + c);
    }
  }

  /** As {@link #group}, where g counts only where the normalized x is greater than zero. */
  static void reluGroup(
      VirtualNodeMoments node,
      int row,
      float[] x,
      int i,
      int xStride,
      float[] g,
      int j,
      int gStride,
      int at,
      int channels) {
    float[] sums = node.bandSums;
    float[] products = node.bandProducts;
    float[] means = node.means;
    float[] factors = node.factors;
    float[] offsets = node.offsets;
    int i1 = i + xStride;
    int i2 = i1 + xStride;
    int i3 = i2 + xStride;
    int j1 = j + gStride;
    int j2 = j1 + gStride;
    int j3 = j2 + gStride;
    FloatVector zero = FloatVector.zero(Lanes.SPECIES);
    for (int c = 0; c < channels; c += Lanes.COUNT) {
      FloatVector factor = FloatVector.fromArray(Lanes.SPECIES, factors, row + c);
      FloatVector offset = FloatVector.fromArray(Lanes.SPECIES, offsets, row + c);
      FloatVector x0 = FloatVector.fromArray(Lanes.SPECIES, x, i + c);
      FloatVector x1 = FloatVector.fromArray(Lanes.SPECIES, x, i1 + c);
      FloatVector x2 = FloatVector.fromArray(Lanes.SPECIES, x, i2 + c);
      FloatVector x3 = FloatVector.fromArray(Lanes.SPECIES, x, i3 + c);
      FloatVector g0 = FloatVector.fromArray(Lanes.SPECIES, g, j + c);
      FloatVector g1 = FloatVector.fromArray(Lanes.SPECIES, g, j1 + c);
      FloatVector g2 = FloatVector.fromArray(Lanes.SPECIES, g, j2 + c);
      FloatVector g3 = FloatVector.fromArray(Lanes.SPECIES, g, j3 + c);
      g0 = zero.blend(g0, x0.fma(factor, offset).compare(VectorOperators.GT, 0f));
      g1 = zero.blend(g1, x1.fma(factor, offset).compare(VectorOperators.GT, 0f));
      g2 = zero.blend(g2, x2.fma(factor, offset).compare(VectorOperators.GT, 0f));
      g3 = zero.blend(g3, x3.fma(factor, offset).compare(VectorOperators.GT, 0f));
      FloatVector sum = FloatVector.fromArray(Lanes.SPECIES, sums, at + c);
      sum.add(g0).add(g1).add(g2).add(g3).intoArray(sums, at + c);
      FloatVector mean = FloatVector.fromArray(Lanes.SPECIES, means, row + c);
      FloatVector product = FloatVector.fromArray(Lanes.SPECIES, products, at + c);
      product = g0.fma(x0.sub(mean), product);
      product = g1.fma(x1.sub(mean), product);
      product = g2.fma(x2.sub(mean), product);
      g3.fma(x3.sub(mean), product).intoArray(products, at + c);
    }
  }
}
