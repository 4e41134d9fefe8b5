package dev.convoy.spark.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.spark.config.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CadenceTest {
  private static List<Long> dueSteps(Cadence cadence, long first, long steps) {
    List<Long> due = new ArrayList<>();
    long last = first;
    for (long done = first + 1; done <= steps; done++) {
      if (cadence.due(last, done)) {
        due.add(done);
        last = done;
      }
    }
    return due;
  }

  @Test
  void comesEverySoManyStepsOrEpochs() {
    Cadence threeSteps = Cadence.of(Optional.of(new Span.Steps(3)), 5);
    assertEquals(List.of(3L, 6L, 9L), dueSteps(threeSteps, 0, 10));
    Cadence twoEpochs = Cadence.of(Optional.of(new Span.Epochs(2)), 5);
    assertEquals(List.of(10L, 20L), dueSteps(twoEpochs, 0, 24));
  }

  @Test
  void aResumedRunKeepsTime() {
    Cadence cadence = Cadence.of(Optional.of(new Span.Steps(3)), 5);
    assertEquals(List.of(6L, 9L), dueSteps(cadence, 3, 10));
    assertEquals(List.of(6L, 9L), dueSteps(cadence, 4, 10));
  }

  /** As when weights are averaged every four steps, and only then can be saved. */
  @Test
  void whatWasDueWhenItWasNotPossibleIsMadeUpForOnce() {
    Cadence cadence = Cadence.of(Optional.of(new Span.Steps(3)), 5);
    assertTrue(cadence.due(0, 4));
    assertTrue(cadence.due(4, 8));
    assertTrue(cadence.due(8, 12));
    assertFalse(cadence.due(12, 14));
  }

  @Test
  void neverIsNever() {
    Cadence never = Cadence.of(Optional.empty(), 5);
    assertTrue(never.never());
    assertEquals(List.of(), dueSteps(never, 0, 1000));
    assertFalse(Cadence.of(Optional.of(new Span.Epochs(1)), 5).never());
  }
}
