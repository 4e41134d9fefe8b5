package dev.convoy.kernel;

/**
 * Transcendental functions in float32 made of additions, multiplications and fused multiply-adds
 * alone, so that they give the same bits in every JVM. {@link Math}'s may differ between machines,
 * the Vector API's even within a run.
 *
 * <p>Methods and polynomials are those of the Cephes library (S. Moshier, {@code expf} and {@code
 * tanhf}).
 */
public final class FloatMath {
  private static final float LOG2_E = 1.442695f;
  // The natural logarithm of 2 in two parts, the first short enough to be multiplied exactly.
  private static final float LN2_HIGH = 0.6933594f;
  private static final float LN2_LOW = -0.00021219444f;
  // Adding and subtracting 1.5 * 2^23 rounds to the nearest integer.
  private static final float ROUNDER = 12582912f;
  private static final float EXP_LARGEST = 88.02969f;
  private static final float EXP_SMALLEST = -87.33654f;
  private static final float TANH_POLYNOMIAL_LIMIT = 0.625f;
  private static final float TANH_SATURATED = 9.1f;

  private FloatMath() {}

  /**
   * e to the power of {@code x}, within 2 units in the last place for arguments from -87.33654 to
   * 88.02969, which give 2^-126 to about 2^127. Others are clamped to that range.
   */
  public static float exp(float x) {
    float clamped = Math.max(Math.min(x, EXP_LARGEST), EXP_SMALLEST);
    float n = Math.fma(clamped, LOG2_E, ROUNDER) - ROUNDER;
    float r = Math.fma(n, -LN2_HIGH, clamped);
    r = Math.fma(n, -LN2_LOW, r);
    float p = 0.00019875691f;
    p = Math.fma(p, r, 0.0013981999f);
    p = Math.fma(p, r, 0.008333452f);
    p = Math.fma(p, r, 0.041665796f);
    p = Math.fma(p, r, 0.16666666f);
    p = Math.fma(p, r, 0.5f);
    float e = Math.fma(p, r * r, r) + 1f;
    return e * Float.intBitsToFloat(((int) n + 127) << 23);
  }

  /** The hyperbolic tangent of {@code x}, within 3 units in the last place. */
  public static float tanh(float x) {
    float size = Math.abs(x);
    if (size < TANH_POLYNOMIAL_LIMIT) {
      float z = x * x;
      float p = -0.0057049887f;
      p = Math.fma(p, z, 0.020639088f);
      p = Math.fma(p, z, -0.053739715f);
      p = Math.fma(p, z, 0.13331442f);
      p = Math.fma(p, z, -0.3333328f);
      return Math.copySign(Math.fma(p * z, x, x), x);
    }
    if (size > TANH_SATURATED) {
      return Math.copySign(1f, x);
    }
    float result = 1f - 2f / (exp(2f * size) + 1f);
    return Float.isNaN(x) ? x : Math.copySign(result, x);
  }
}
