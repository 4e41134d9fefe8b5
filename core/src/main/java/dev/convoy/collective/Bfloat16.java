package dev.convoy.collective;

/**
 * Rounds floats to bfloat16, which is a float without its last 16 bits: sign, 8 bits of exponent, 7
 * of the significand. Infinities stay, and what is no number stays none.
 */
public final class Bfloat16 {
  private static final int KEPT = 0xffff0000;
  private static final int MAGNITUDE = 0x7fffffff;
  private static final int INFINITY = 0x7f800000;
  private static final int QUIET = 0x00400000;

  private Bfloat16() {}

  /** Returns the nearest bfloat16; of two that are equally near, the even one. */
  public static float nearest(float value) {
    int bits = Float.floatToRawIntBits(value);
    return rounded(bits, 0x7fff + ((bits >>> 16) & 1));
  }

  /**
   * Returns one of the two neighbours among the bfloat16s, the farther from zero with the share of
   * the way there as probability, so that the expectation is the value itself.
   *
   * @param random uniform, 0 to 65,535
   */
  static float stochastic(float value, int random) {
    return rounded(Float.floatToRawIntBits(value), random);
  }

  /** The carry of the addition is the step away from zero, also to the next exponent. */
  private static float rounded(int bits, int added) {
    int finite = bits + added;
    int none = bits | QUIET;
    return Float.intBitsToFloat(((bits & MAGNITUDE) > INFINITY ? none : finite) & KEPT);
  }

  /** Rounds each of {@code values[from .. to)} to the nearest bfloat16. */
  public static void nearest(float[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      values[i] = nearest(values[i]);
    }
  }
}
