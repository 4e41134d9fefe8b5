package dev.convoy.testing;

import dev.convoy.random.CounterRandom;
import java.util.Arrays;

/** Arrays of numbers that are a function of a seed. */
public final class Floats {
  /** What a result's array holds before a kernel writes it. */
  public static final float UNTOUCHED = 77.25f;

  /** Values on which rounding, signs of zero and overflow show. */
  private static final float[] FINITE = {
    0f,
    -0f,
    1f,
    -1f,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    1e-40f,
    Float.MIN_NORMAL,
    -3e-23f,
    1e-20f,
    16777215f,
    0x1p61f,
    -0x1p63f
  };

  private static final float[] ANY = {
    0f,
    -0f,
    1f,
    -1f,
    Float.MIN_VALUE,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.NaN
  };

  /** Where an array's values come from. */
  public enum Kind {
    /** Uniform in [-1, 1). */
    ORDINARY,
    /** One in three from a few small integers, so that draws are common. */
    DRAWS,
    /** One in three a zero of either sign, a denormal or a very large number. */
    EXTREME,
    /** One in three a special value, infinities and NaN among them. */
    NOT_FINITE
  }

  private Floats() {}

  /** Uniform in [-1, 1). */
  public static float[] random(long seed, int length) {
    return random(seed, length, Kind.ORDINARY);
  }

  /** {@code length} values. */
  public static float[] random(long seed, int length, Kind kind) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      boolean plain = kind == Kind.ORDINARY || CounterRandom.below(~seed, i, 3) > 0;
      values[i] = plain ? 2 * CounterRandom.uniform(seed, i) - 1 : special(seed, i, kind);
    }
    return values;
  }

  private static float special(long seed, int i, Kind kind) {
    return switch (kind) {
      case ORDINARY, DRAWS -> CounterRandom.below(seed, i, 5) - 2f;
      case EXTREME -> FINITE[CounterRandom.below(seed, i, FINITE.length)];
      case NOT_FINITE -> ANY[CounterRandom.below(seed, i, ANY.length)];
    };
  }

  /** Rows of {@code stride} values of which only the first {@code used} are not zero. */
  public static float[] rows(long seed, int rows, int used, int stride, Kind kind) {
    float[] dense = random(seed, rows * used, kind);
    float[] padded = new float[rows * stride];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(dense, row * used, padded, row * stride, used);
    }
    return padded;
  }

  /** An array for a result, full of {@link #UNTOUCHED}. */
  public static float[] untouched(int length) {
    float[] values = new float[length];
    Arrays.fill(values, UNTOUCHED);
    return values;
  }

  /** {@code part} laid into a larger array, which begins {@code at} floats before it. */
  public static float[] at(int at, float[] part, int behind) {
    float[] values = untouched(at + part.length + behind);
    System.arraycopy(part, 0, values, at, part.length);
    return values;
  }

  /** The same numbers in double precision. */
  public static double[] toDouble(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  /** The same numbers, which are those of floats. */
  public static float[] ofDouble(double[] values) {
    float[] narrow = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      narrow[i] = (float) values[i];
    }
    return narrow;
  }
}
