package dev.convoy.collective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BucketsTest {
  @Property(tries = 300)
  void theyTileTheVectorAndAllButTheFirstHaveTheSameSize(
      @ForAll @IntRange(max = 100_000) int length,
      @ForAll @IntRange(min = 1, max = 9_000) int size) {
    Buckets buckets = Buckets.of(length, size);
    int rounded = (size + Slices.ALIGNMENT - 1) / Slices.ALIGNMENT * Slices.ALIGNMENT;
    int next = 0;
    for (int bucket = 0; bucket < buckets.count(); bucket++) {
      Range range = buckets.range(bucket);
      assertEquals(next, range.from());
      assertTrue(range.length() <= rounded);
      assertTrue(range.length() > 0 || length == 0);
      next = range.to();
      boolean inner = bucket > 0 && bucket < buckets.count() - 1;
      assertTrue(!inner || range.length() == rounded, range::toString);
    }
    assertEquals(length, next);
  }

  @Test
  void aSizeBeyondTheVectorIsOneBucket() {
    assertEquals(Buckets.single(5000), Buckets.of(5000, Integer.MAX_VALUE));
    assertEquals(Buckets.single(0), Buckets.of(0, 1));
  }

  @Test
  void theLongestVectorDoesNotOverflow() {
    Buckets halves = Buckets.of(Integer.MAX_VALUE, 1 << 30);
    assertEquals(
        List.of(new Range(0, 1 << 30), new Range(1 << 30, Integer.MAX_VALUE)), halves.ranges());
  }

  @Test
  void refusesNothingAndGaps() {
    assertEquals(
        "a bucket has at least 1 float, got 0",
        assertThrows(IllegalArgumentException.class, () -> Buckets.of(10, 0)).getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> new Buckets(4096, List.of(new Range(0, 1024), new Range(2048, 4096))));
    assertThrows(
        IllegalArgumentException.class, () -> new Buckets(4096, List.of(new Range(0, 1024))));
  }
}
