package dev.convoy.kernel;

/**
 * Functions in float32 made of additions, multiplications and fused multiply-adds alone, so that
 * they give the same bits in every JVM. {@link Math}'s may differ between machines, the Vector
 * API's even within a run.
 *
 * <p>Methods and polynomials of exp and tanh are those of the Cephes library (S. Moshier, {@code
 * expf} and {@code tanhf}).
 */
public final class FloatMath {
  /** 1 / ln 2. */
  public static final float LOG2_E = 1.442695f;

  /** The upper part of ln 2, short enough to be multiplied exactly. */
  public static final float LN2_HIGH = 0.6933594f;

  /** The lower part of ln 2. */
  public static final float LN2_LOW = -0.00021219444f;

  /**
   * 1.5 * 2^23: adding and subtracting it rounds to the nearest integer, which the lowest bits of
   * the sum hold.
   */
  public static final float ROUNDER = 12582912f;

  /** The greatest argument of {@link #exp}; others are clamped to it. */
  public static final float EXP_LARGEST = 88.02969f;

  private static final float EXP_SMALLEST = -87.33654f;

  /** Below it {@link #tanh} is a polynomial. */
  public static final float TANH_POLYNOMIAL_LIMIT = 0.625f;

  /** Above it {@link #tanh} is one. */
  public static final float TANH_SATURATED = 9.1f;

  /**
   * The number from which a quarter of a float's bits is subtracted to get the bits of its inverse
   * fourth root, within 3.2 %.
   */
  public static final int FOURTH_ROOT_MAGIC = 0x4f582000;

  private FloatMath() {}

  /**
   * Returns e to the power of {@code x}, within 2 units in the last place for arguments from
   * -87.33654 to 88.02969, which give 2^-126 to about 2^127. Others are clamped to that range.
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

  /** Returns the hyperbolic tangent of {@code x}, within 3 units in the last place. */
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

  /**
   * Returns {@code x} to the power of -1/4, within 2 units in the last place for normal positive
   * {@code x}.
   *
   * <p>The first guess is linear in the bits, as for the inverse square root (Lomont 2003); with
   * {@code e = 1 - x*y^4} the root is {@code y * (1-e)^(-1/4) = y + y*e*(1/4 + 5/32 e + 15/128 e^2
   * + ...)}. Three terms leave 1e-4 of the first e, then one term leaves the rounding.
   */
  public static float inverseFourthRoot(float x) {
    float y = Float.intBitsToFloat(FOURTH_ROOT_MAGIC - (Float.floatToRawIntBits(x) >> 2));
    float square = y * y;
    float e = Math.fma(-x, square * square, 1f);
    float p = Math.fma(Math.fma(0.1171875f, e, 0.15625f), e, 0.25f);
    y = Math.fma(y * e, p, y);
    square = y * y;
    e = Math.fma(-x, square * square, 1f);
    return Math.fma(y * e, 0.25f, y);
  }
}
