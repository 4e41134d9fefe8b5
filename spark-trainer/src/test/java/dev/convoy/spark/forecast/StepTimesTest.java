package dev.convoy.spark.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Times of steps of other sizes than those measured. */
class StepTimesTest {
  private static StepTimes times(double nodes, double loading, double forward, double backward) {
    return new StepTimes(
        nodes, loading, List.of(new Segment(10, forward)), List.of(new Segment(0, backward)));
  }

  @Test
  void everyLayerIsOnALineThroughItsTwoTimes() {
    StepTimes few = times(1, 1, 3, 5);
    StepTimes more = times(3, 3, 5, 5);
    assertEquals(times(2, 2, 4, 5), few.at(2, more));
    assertEquals(times(5, 5, 7, 5), few.at(5, more));
  }

  /** A single time is in proportion to the virtual nodes. */
  @Test
  void oneTimeIsInProportion() {
    StepTimes two = times(2, 2, 4, 8);
    assertEquals(times(3, 3, 6, 12), two.at(3, two));
  }

  /** Noise must not make a layer cheaper than nothing, or than fewer images. */
  @Test
  void noLineFallsOrBeginsBelowZero() {
    StepTimes noisy = times(1, 0, 2, 1).at(4, times(2, 0, 1, 4));
    assertEquals(times(4, 0, 1, 8), noisy);
  }
}
