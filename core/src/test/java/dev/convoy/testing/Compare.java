package dev.convoy.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;

/** Comparisons of arrays. */
public final class Compare {
  private Compare() {}

  /** Every bit of every element, padding and what was not to be touched included. */
  public static void sameBits(String what, float[] expected, float[] actual) {
    assertEquals(expected.length, actual.length, what + ": length");
    for (int i = 0; i < expected.length; i++) {
      int wanted = Float.floatToRawIntBits(expected[i]);
      if (wanted != Float.floatToRawIntBits(actual[i])) {
        differ(what, i, expected[i], actual[i]);
      }
    }
  }

  /**
   * Every bit of the first {@code used} elements of rows of {@code stride}, where all NaNs are the
   * same.
   */
  public static void sameNumbers(
      String what, float[] expected, float[] actual, int used, int stride) {
    assertEquals(expected.length, actual.length, what + ": length");
    for (int i = 0; i < expected.length; i++) {
      boolean compared = i % stride < used;
      if (compared && Float.floatToIntBits(expected[i]) != Float.floatToIntBits(actual[i])) {
        differ(what, i, expected[i], actual[i]);
      }
    }
  }

  private static void differ(String what, int i, float expected, float actual) {
    throw new AssertionError(
        String.format(
            Locale.ROOT,
            "%s: element %d is %s (%08x), not %s (%08x)",
            what,
            i,
            actual,
            Float.floatToRawIntBits(actual),
            expected,
            Float.floatToRawIntBits(expected)));
  }

  /** That the relative L2 error is below {@code bound}. */
  public static void close(String what, double[] expected, float[] actual, double bound) {
    double error = relativeError(expected, actual);
    assertTrue(error < bound, () -> "%s: the relative L2 error is %s".formatted(what, error));
  }

  /** |actual - expected| / |expected| in the Euclidean norm. */
  public static double relativeError(double[] expected, float[] actual) {
    assertEquals(expected.length, actual.length, "length");
    double difference = 0;
    double size = 0;
    for (int i = 0; i < expected.length; i++) {
      difference += (actual[i] - expected[i]) * (actual[i] - expected[i]);
      size += expected[i] * expected[i];
    }
    return size == 0 ? Math.sqrt(difference) : Math.sqrt(difference / size);
  }
}
