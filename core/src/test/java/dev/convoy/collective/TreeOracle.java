package dev.convoy.collective;

import java.util.SplittableRandom;

/** The specification of the sum: plain recursion over the virtual nodes. */
final class TreeOracle {
  private TreeOracle() {}

  /** The sum of {@code gradients[first .. first + size)}. */
  static float[] sum(float[][] gradients, int first, int size) {
    return sum(gradients, first, size, Rounding.NONE);
  }

  /** The same, where every node's sum is rounded. */
  static float[] sum(float[][] gradients, int first, int size, Rounding rounding) {
    float[] sum = gradients[first].clone();
    if (size > 1) {
      sum = sum(gradients, first, size / 2, rounding);
      float[] right = sum(gradients, first + size / 2, size / 2, rounding);
      for (int i = 0; i < sum.length; i++) {
        sum[i] = sum[i] + right[i];
      }
    }
    rounding.round(sum, 0, sum.length, 0, first, size);
    return sum;
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
