package dev.convoy.collective;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.random.CounterRandom;
import dev.convoy.random.RandomStream;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RoundingTest {
  private static final int NODES = 16;

  @Property(tries = 500)
  void theNearestIsNoFartherThanItsNeighbours(@ForAll float value) {
    float rounded = Bfloat16.nearest(value);
    assertEquals(0, Float.floatToRawIntBits(rounded) & 0xffff);
    if (Float.isFinite(rounded)) {
      int bits = Float.floatToRawIntBits(rounded);
      for (int neighbour : new int[] {bits + 0x10000, bits - 0x10000}) {
        float other = Float.intBitsToFloat(neighbour);
        assertTrue(
            Float.isNaN(other)
                || Math.abs((double) rounded - value) <= Math.abs((double) other - value));
      }
    }
  }

  @Test
  void ofTwoThatAreEquallyNearTheEvenOneIsTaken() {
    assertEquals(0x3f80, Float.floatToRawIntBits(Bfloat16.nearest(bits(0x3f808000))) >>> 16);
    assertEquals(0x3f82, Float.floatToRawIntBits(Bfloat16.nearest(bits(0x3f818000))) >>> 16);
    assertEquals(0x3f81, Float.floatToRawIntBits(Bfloat16.nearest(bits(0x3f808001))) >>> 16);
  }

  @Test
  void whatIsNotFiniteStaysSo() {
    for (int random : new int[] {0, 1, 0x7fff, 0xffff}) {
      assertEquals(Float.POSITIVE_INFINITY, Bfloat16.stochastic(Float.POSITIVE_INFINITY, random));
      assertEquals(Float.NEGATIVE_INFINITY, Bfloat16.stochastic(Float.NEGATIVE_INFINITY, random));
      assertTrue(Float.isNaN(Bfloat16.stochastic(bits(0x7fffffff), random)));
      assertTrue(Float.isNaN(Bfloat16.stochastic(bits(0xff800001), random)));
      assertEquals(-0f, Bfloat16.stochastic(-0f, random));
    }
    assertEquals(Float.POSITIVE_INFINITY, Bfloat16.nearest(Float.POSITIVE_INFINITY));
    assertTrue(Float.isNaN(Bfloat16.nearest(bits(0xffffffff))));
  }

  private static float bits(int bits) {
    return Float.intBitsToFloat(bits);
  }

  /** A third of the way from 1 to its neighbour 1 + 2^-7. */
  @Test
  void theExpectationIsTheValueItself() {
    int length = 1 << 16;
    float value = 1 + 0x1p-7f / 3;
    float[] values = new float[length];
    Arrays.fill(values, value);
    rounding(5).round(values, 0, length, 0, 0, 4);
    int up = 0;
    for (float rounded : values) {
      assertTrue(rounded == 1 || rounded == 1 + 0x1p-7f, rounded + "");
      up += rounded > 1 ? 1 : 0;
    }
    // Six standard deviations of a binomial distribution.
    assertEquals(length / 3.0, up, 6 * Math.sqrt(length * 2 / 9.0));
  }

  @Property(tries = 200)
  void anyPartIsRoundedAsTheWholeIs(
      @ForAll @IntRange(max = 40) int from, @ForAll @IntRange(max = 40) int length) {
    float[] gradient = TreeOracle.gradients(1, 100, 2)[0];
    long key = CounterRandom.key(9, RandomStream.GRADIENT_ROUNDING);
    long nodeKey = CounterRandom.derive(CounterRandom.derive(key, 5), NODES / 4 + 2);
    float[] expected = new float[length];
    for (int i = 0; i < length; i++) {
      expected[i] = StochasticRounding.rounded(gradient[from + i], nodeKey, from + i);
    }
    float[] part = Arrays.copyOfRange(gradient, from - from % 3, from + length);
    rounding(5).round(part, from % 3, length, from, 8, 4);
    assertArrayEquals(expected, Arrays.copyOfRange(part, from % 3, from % 3 + length));
  }

  @Test
  void eachStepNodeAndSeedDrawsAnew() {
    float[] first = rounded(rounding(5), 0, 4);
    assertArrayEquals(first, rounded(rounding(5), 0, 4));
    assertFalse(Arrays.equals(first, rounded(rounding(6), 0, 4)));
    assertFalse(Arrays.equals(first, rounded(rounding(5), 4, 4)));
    assertFalse(Arrays.equals(first, rounded(rounding(5), 0, 8)));
    StochasticRounding other = new StochasticRounding(10, NODES, 2);
    other.step(5);
    assertFalse(Arrays.equals(first, rounded(other, 0, 4)));
  }

  @Test
  void theTotalAndWhatIsBelowAUnitAreNotRounded() {
    float[] gradient = TreeOracle.gradients(1, 100, 2)[0];
    assertArrayEquals(gradient, rounded(rounding(5), 0, NODES));
    assertArrayEquals(gradient, rounded(rounding(5), 3, 1));
    assertFalse(Arrays.equals(gradient, rounded(rounding(5), 2, 2)));
  }

  private static StochasticRounding rounding(long step) {
    StochasticRounding rounding = new StochasticRounding(9, NODES, 2);
    rounding.step(step);
    return rounding;
  }

  private static float[] rounded(Rounding rounding, int first, int size) {
    float[] values = TreeOracle.gradients(1, 100, 2)[0];
    rounding.round(values, 0, values.length, 0, first, size);
    return values;
  }
}
