package dev.convoy.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The exponential, the hyperbolic tangent, a root: how near, and the same bits everywhere. */
class FloatMathTest {
  private static final float LARGEST = 88.02969f;
  private static final float SMALLEST = -87.33654f;

  /** A step through the bit patterns of floats that is coprime to their number. */
  private static final int STEP = 4001;

  private interface FloatFunction {
    float apply(float x);
  }

  @Test
  void expIsWithinTwoUnitsInTheLastPlace() {
    double worst = worst(FloatMath::exp, StrictMath::exp, SMALLEST, LARGEST);
    assertTrue(worst <= 2, () -> "exp errs by " + worst + " units");
  }

  @Test
  void tanhIsWithinThreeUnitsInTheLastPlace() {
    double worst = worst(FloatMath::tanh, StrictMath::tanh, -30, 30);
    assertTrue(worst <= 3, () -> "tanh errs by " + worst + " units");
  }

  @Test
  void inverseFourthRootIsWithinTwoUnitsInTheLastPlace() {
    double worst =
        worst(
            FloatMath::inverseFourthRoot,
            x -> 1 / StrictMath.sqrt(StrictMath.sqrt(x)),
            Float.MIN_NORMAL,
            Float.MAX_VALUE);
    assertTrue(worst <= 2, () -> "the inverse fourth root errs by " + worst + " units");
  }

  private static double worst(
      FloatFunction function, DoubleUnaryOperator exact, float from, float to) {
    double worst = 0;
    for (long bits = 0; bits < 1L << 32; bits += STEP) {
      float x = Float.intBitsToFloat((int) bits);
      if (x >= from && x <= to) {
        double wanted = exact.applyAsDouble(x);
        worst = Math.max(worst, Math.abs(function.apply(x) - wanted) / Math.ulp((float) wanted));
      }
    }
    return worst;
  }

  @Test
  void expClampsItsArgument() {
    assertEquals(FloatMath.exp(LARGEST), FloatMath.exp(100f));
    assertEquals(FloatMath.exp(LARGEST), FloatMath.exp(Float.POSITIVE_INFINITY));
    assertEquals(FloatMath.exp(SMALLEST), FloatMath.exp(-1000f));
    assertEquals(FloatMath.exp(SMALLEST), FloatMath.exp(Float.NEGATIVE_INFINITY));
    assertTrue(FloatMath.exp(SMALLEST) >= Float.MIN_NORMAL);
    assertTrue(Float.isFinite(FloatMath.exp(LARGEST)));
  }

  @Test
  void specialValues() {
    assertEquals(1f, FloatMath.exp(0f));
    assertEquals(1f, FloatMath.exp(-0f));
    assertEquals(1f, FloatMath.exp(Float.MIN_VALUE));
    assertEquals(Float.NaN, FloatMath.exp(Float.NaN));
    assertEquals(0f, FloatMath.tanh(0f));
    assertEquals(-0f, FloatMath.tanh(-0f));
    assertEquals(Float.MIN_VALUE, FloatMath.tanh(Float.MIN_VALUE));
    assertEquals(1f, FloatMath.tanh(Float.POSITIVE_INFINITY));
    assertEquals(-1f, FloatMath.tanh(Float.NEGATIVE_INFINITY));
    assertEquals(Float.NaN, FloatMath.tanh(Float.NaN));
  }

  @Test
  void tanhIsOdd() {
    for (float x = 0.001f; x < 12; x *= 1.01f) {
      assertEquals(-FloatMath.tanh(x), FloatMath.tanh(-x));
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {0.625f, 9.1f})
  void tanhDoesNotFallWhereItsFormulaChanges(float limit) {
    rises(FloatMath::tanh, limit);
  }

  @Test
  void expDoesNotFallWhereItsPowerOfTwoChanges() {
    for (int n = -125; n <= 126; n++) {
      rises(FloatMath::exp, (float) ((n + 0.5) * StrictMath.log(2)));
    }
  }

  /** At a thousand floats on either side. */
  private static void rises(FloatFunction function, float limit) {
    float x = limit;
    for (int i = 0; i < 1000; i++) {
      x = Math.nextDown(x);
    }
    float last = function.apply(x);
    for (int i = 0; i < 2000; i++) {
      x = Math.nextUp(x);
      float value = function.apply(x);
      String where = "it falls from " + last + " to " + value + " at " + x;
      assertTrue(value >= last, where);
      last = value;
    }
  }

  @Test
  void givesTheseBitsOnEveryMachine() throws NoSuchAlgorithmException {
    ByteBuffer bits = ByteBuffer.allocate(8 * 8001);
    for (int i = -4000; i <= 4000; i++) {
      bits.putFloat(FloatMath.exp(i * 0.025f)).putFloat(FloatMath.tanh(i * 0.0025f));
    }
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(bits.array());
    assertEquals(
        "137fefbde1f7322ab1954d84202414eb711c66f2f26a4a1f0f5713cd7a71957e",
        HexFormat.of().formatHex(digest));
  }
}
