package dev.convoy.collective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
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

  @Property(tries = 500)
  void bucketsOfPartsEndWherePartsDoUnlessThePartsAreLonger(
      @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = 400) Integer> lines,
      @ForAll @IntRange(min = 1, max = 9_000) int size) {
    List<Integer> starts = new ArrayList<>();
    int length = 0;
    for (int each : lines) {
      starts.add(length);
      length += 16 * each;
    }
    int least = (size + Slices.ALIGNMENT - 1) / Slices.ALIGNMENT * Slices.ALIGNMENT;
    Buckets buckets = Buckets.ofParts(starts, length, size);
    assertEquals(length, buckets.length());
    int from = length; // of the group of parts that the bucket is of
    for (int bucket = buckets.count() - 1; bucket >= 0; bucket--) {
      Range range = buckets.range(bucket);
      if (range.to() == from) {
        int end = from;
        from = starts.stream().filter(s -> end - s >= least).mapToInt(s -> s).max().orElse(0);
      }
      assertTrue(range.from() >= from, "no bucket holds parts of two groups");
      assertEquals(0, range.from() % 16);
      assertTrue(range.length() > 0);
      assertTrue(2 * range.length() <= 3 * least + 2 * Slices.ALIGNMENT, range::toString);
      assertTrue(bucket > 0 || range.from() == 0);
    }
  }

  @Test
  void bucketsOfParts() {
    assertEquals(
        List.of(
            new Range(0, 160),
            new Range(160, 1184),
            new Range(1184, 1696),
            new Range(1696, 2720),
            new Range(2720, 3744)),
        Buckets.ofParts(List.of(0, 160, 800, 1696, 3728), 3744, 1000).ranges());
    assertEquals(Buckets.single(0), Buckets.ofParts(List.of(), 0, 1));
    assertEquals(Buckets.single(4000), Buckets.ofParts(List.of(0, 16), 4000, 4000));
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
