package dev.convoy.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Random numbers as functions of a key and a counter. */
class CounterRandomTest {
  private static final long KEY = CounterRandom.key(42, RandomStream.SHUFFLE);

  @Test
  void keyZeroGivesTheSequenceThatSplitMix64PublishesForSeedZero() {
    assertEquals(0xe220a8397b1dcdafL, CounterRandom.bits(0, 0));
    assertEquals(0x6e789e6aa1b965f4L, CounterRandom.bits(0, 1));
    assertEquals(0x06c45d188009454fL, CounterRandom.bits(0, 2));
  }

  @Test
  void keysAreWhatTheyWereInTheFirstRelease() {
    assertEquals(0x901883d2427428f4L, CounterRandom.key(42, RandomStream.INITIALIZATION));
    assertEquals(0x958abb922833dad1L, CounterRandom.key(42, RandomStream.SHUFFLE));
    assertEquals(0xec82485eec5d3ee6L, CounterRandom.key(42, RandomStream.AUGMENTATION));
    assertEquals(0x02704c31b1c251b9L, CounterRandom.key(42, RandomStream.DROPOUT));
    assertEquals(0xf6eb9ddd5f463c79L, CounterRandom.derive(KEY, 7));
    assertEquals(-2.3308702749028973, CounterRandom.normal(KEY, 3));
  }

  @Test
  void usesAndPartsHaveStreamsOfTheirOwn() {
    long keys =
        Stream.of(RandomStream.values())
            .flatMap(use -> Stream.of(0L, 1L, 2L).map(seed -> CounterRandom.key(seed, use)))
            .distinct()
            .count();
    assertEquals(3L * RandomStream.values().length, keys);
    assertNotEquals(CounterRandom.derive(KEY, 0), CounterRandom.derive(KEY, 1));
  }

  /** Chi-square with 255 degrees of freedom is below 330 with probability 0.999. */
  @Test
  void uniformFillsItsIntervalEvenly() {
    int[] counts = new int[256];
    int draws = 256 * 1000;
    for (int i = 0; i < draws; i++) {
      counts[(int) (CounterRandom.uniform(KEY, i) * 256)]++;
    }
    double chiSquare =
        Arrays.stream(counts).mapToDouble(n -> (n - 1000.0) * (n - 1000) / 1000).sum();
    assertTrue(chiSquare < 330, () -> "chi-square is " + chiSquare);
  }

  @Property
  void uniformIsBelowOneAndKeepsTwentyFourBits(@ForAll long key, @ForAll long counter) {
    float value = CounterRandom.uniform(key, counter);
    assertTrue(value >= 0 && value < 1);
    assertEquals(value * 0x1p24f, (float) (int) (value * 0x1p24f));
  }

  @Property
  void belowIsBelowItsBound(
      @ForAll long key, @ForAll long counter, @ForAll @IntRange(min = 1) int bound) {
    int value = CounterRandom.below(key, counter, bound);
    assertTrue(value >= 0 && value < bound);
  }

  /** Chi-square with 6 degrees of freedom is below 22.5 with probability 0.999. */
  @Test
  void belowGivesEachNumberAsOften() {
    int[] counts = new int[7];
    for (int i = 0; i < 70_000; i++) {
      counts[CounterRandom.below(KEY, i, 7)]++;
    }
    double chiSquare =
        Arrays.stream(counts).mapToDouble(n -> (n - 10_000.0) * (n - 10_000) / 10_000).sum();
    assertTrue(chiSquare < 22.5, () -> "chi-square is " + chiSquare);
  }

  @Test
  void belowRefusesABoundThatIsNotPositive() {
    var refusal =
        assertThrows(IllegalArgumentException.class, () -> CounterRandom.below(KEY, 0, 0));
    assertEquals("the bound of a random number is 0, not positive", refusal.getMessage());
  }

  @Test
  void normalHasTheMomentsOfTheStandardNormal() {
    int draws = 200_000;
    double[] moments = new double[5];
    for (int i = 0; i < draws; i++) {
      double x = CounterRandom.normal(KEY, i);
      for (int k = 1; k <= 4; k++) {
        moments[k] += StrictMath.pow(x, k) / draws;
      }
    }
    assertEquals(0, moments[1], 0.01);
    assertEquals(1, moments[2], 0.015);
    assertEquals(0, moments[3], 0.04);
    assertEquals(3, moments[4], 0.1);
  }
}
