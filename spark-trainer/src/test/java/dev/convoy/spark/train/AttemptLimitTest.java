package dev.convoy.spark.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class AttemptLimitTest {
  /** Returns after how many attempts the run fails, or 0 if it goes on behind the last. */
  private static int failsAfter(int limit, long... kept) {
    AttemptLimit attempts = new AttemptLimit(limit);
    for (int i = 0; i < kept.length; i++) {
      attempts.failed(kept[i]);
      if (attempts.reached()) {
        return i + 1;
      }
    }
    return 0;
  }

  @Test
  void oneMeansNoSecondTry() {
    assertEquals(1, failsAfter(1, 0));
    assertEquals(1, failsAfter(1, 40));
  }

  @Test
  void attemptsThatKeepNothingAreCounted() {
    assertEquals(3, failsAfter(3, 0, 0, 0));
    assertEquals(3, failsAfter(3, 100, 100, 100), "a run that was resumed at step 100");
  }

  @Test
  void aNewStepBeginsANewRow() {
    assertEquals(0, failsAfter(2, 20, 40, 60, 80, 100));
    assertEquals(7, failsAfter(3, 0, 0, 20, 20, 40, 40, 40));
  }

  /** A checkpoint that was damaged, and is written again. */
  @Test
  void stepsThatComeAgainAreNoProgress() {
    assertEquals(3, failsAfter(3, 40, 20, 40));
    assertEquals(0, failsAfter(3, 40, 20, 60));
  }

  @Property
  void aRunEndsByAsManyFailuresInARowAndNeverSooner(
      @ForAll @IntRange(min = 1, max = 6) int limit,
      @ForAll @Size(max = 50) List<@LongRange(min = 0, max = 20) Long> kept) {
    AttemptLimit attempts = new AttemptLimit(limit);
    for (int i = 0; i < kept.size(); i++) {
      attempts.failed(kept.get(i));
      long best = Math.max(0, kept.subList(0, i + 1).stream().mapToLong(k -> k).max().orElse(0));
      int first = best == 0 ? 0 : kept.indexOf(best);
      assertEquals(i + 1 - first, attempts.inARow());
      assertEquals(i + 1 - first >= limit, attempts.reached());
    }
  }
}
