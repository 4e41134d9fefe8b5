package dev.convoy.spark.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.spark.config.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IntervalTest {
  private static List<Long> dueSteps(Interval interval, long first, long steps) {
    List<Long> due = new ArrayList<>();
    long last = first;
    for (long done = first + 1; done <= steps; done++) {
      if (interval.due(last, done)) {
        due.add(done);
        last = done;
      }
    }
    return due;
  }

  @Test
  void comesEverySoManyStepsOrEpochs() {
    Interval threeSteps = Interval.of(Optional.of(new Span.Steps(3)), 5);
    assertEquals(List.of(3L, 6L, 9L), dueSteps(threeSteps, 0, 10));
    Interval twoEpochs = Interval.of(Optional.of(new Span.Epochs(2)), 5);
    assertEquals(List.of(10L, 20L), dueSteps(twoEpochs, 0, 24));
  }

  @Test
  void aResumedRunKeepsTime() {
    Interval interval = Interval.of(Optional.of(new Span.Steps(3)), 5);
    assertEquals(List.of(6L, 9L), dueSteps(interval, 3, 10));
    assertEquals(List.of(6L, 9L), dueSteps(interval, 4, 10));
  }

  /** As when weights are averaged every four steps, and only then can be saved. */
  @Test
  void whatWasDueWhenItWasNotPossibleIsMadeUpForOnce() {
    Interval interval = Interval.of(Optional.of(new Span.Steps(3)), 5);
    assertTrue(interval.due(0, 4));
    assertTrue(interval.due(4, 8));
    assertTrue(interval.due(8, 12));
    assertFalse(interval.due(12, 14));
  }

  @Test
  void neverIsNever() {
    Interval never = Interval.of(Optional.empty(), 5);
    assertTrue(never.never());
    assertEquals(List.of(), dueSteps(never, 0, 1000));
    assertFalse(Interval.of(Optional.of(new Span.Epochs(1)), 5).never());
  }
}
