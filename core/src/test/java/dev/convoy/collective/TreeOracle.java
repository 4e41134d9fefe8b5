package dev.convoy.collective;

import java.util.SplittableRandom;

/** The specification of the sum: plain recursion over the virtual nodes. */
final class TreeOracle {
  private TreeOracle() {}

  /** The sum of {@code gradients[first .. first + size)}. */
  static float[] sum(float[][] gradients, int first, int size) {
    if (size == 1) {
      return gradients[first].clone();
    }
    float[] left = sum(gradients, first, size / 2);
    float[] right = sum(gradients, first + size / 2, size / 2);
    for (int i = 0; i < left.length; i++) {
      left[i] = left[i] + right[i];
    }
    return left;
  }

  /** Vectors of values of many magnitudes, whose sum depends on the order of additions. */
  static float[][] gradients(int nodes, int length, long seed) {
    float[][] gradients = new float[nodes][length];
    for (int node = 0; node < nodes; node++) {
      SplittableRandom random = new SplittableRandom(seed * 1000 + node);
      for (int i = 0; i < length; i++) {
        gradients[node][i] = Math.scalb(random.nextFloat() - 0.5f, random.nextInt(24));
      }
    }
    return gradients;
  }
}
