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

  /**
   * Vectors of values of many magnitudes, whose sum depends on the order of additions; some
   * elements are negative zeros, subnormal, or so large that sums overflow.
   */
  static float[][] gradients(int nodes, int length, long seed) {
    float[][] gradients = new float[nodes][length];
    for (int node = 0; node < nodes; node++) {
      SplittableRandom random = new SplittableRandom(seed * 1000 + node);
      for (int i = 0; i < length; i++) {
        float value = random.nextFloat() - 0.5f;
        gradients[node][i] =
            switch (i % 64) {
              case 61 -> -0f;
              case 62 -> value * 0x1p-126f;
              case 63 -> value * Float.MAX_VALUE;
              default -> Math.scalb(value, random.nextInt(24));
            };
      }
    }
    return gradients;
  }
}
