package dev.convoy.spark.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Schedules that can be computed by hand. */
class StepSimulationTest {
  private static final int FLOATS = 100;

  /** Two layers: a second of loading, two of forward, four of backward. */
  private static final StepTimes TWO_LAYERS =
      new StepTimes(
          1,
          1,
          List.of(new Segment(50, 1), new Segment(FLOATS, 1)),
          List.of(new Segment(50, 2), new Segment(0, 2)));

  /** Two buckets, a layer each. */
  private static List<Exchange> twoBuckets(double link, double cpu) {
    return List.of(
        new Exchange(50, 0, link, cpu),
        new Exchange(0, 0, link, cpu),
        new Exchange(0, 50, link, cpu),
        new Exchange(0, FLOATS, link, cpu));
  }

  private static StepSimulation.Result run(List<Exchange> exchange, int rounds, int cores) {
    return new StepSimulation(TWO_LAYERS, rounds, exchange, FLOATS, true, cores).run();
  }

  private static void assertResult(
      double seconds, double waited, double hidden, StepSimulation.Result result) {
    assertEquals(seconds, result.seconds(), 1e-9);
    assertEquals(waited, result.waited(), 1e-9);
    assertEquals(hidden, result.hidden(), 1e-9);
  }

  @Test
  void aSingleExecutorOnlyComputes() {
    assertResult(7, 0, 0, run(List.of(), 1, 1));
    assertResult(21, 0, 0, run(List.of(), 3, 1));
  }

  @Test
  void aSingleBucketOverlapsWithNothingButLoading() {
    List<Exchange> bucket = List.of(new Exchange(0, 0, 3, 0), new Exchange(0, FLOATS, 4, 0));
    assertResult(7 + 6, 6, 1, run(bucket, 1, 1));
  }

  @Test
  void withoutOverlapEverythingIsWaitedFor() {
    StepSimulation sequential =
        new StepSimulation(TWO_LAYERS, 1, twoBuckets(0.5, 0), FLOATS, false, 1);
    assertResult(7 + 2, 2, 0, sequential.run());
  }

  @Test
  void whatBackwardAndTheNextForwardCoverIsHidden() {
    assertResult(7, 0, 2, run(twoBuckets(0.5, 0), 1, 1));
  }

  /** After the last gather: forward and backward of the second layer, then it all begins anew. */
  @Test
  void aSlowLinkIsIdleOnlyWhileItsLastBucketIsComputed() {
    assertResult(4 * 10 + 1 + 2, 36, 4, run(twoBuckets(10, 0), 1, 1));
  }

  /** The rounds before the last one leave the link idle. */
  @Test
  void onlyTheLastRoundOverlaps() {
    assertResult(4 * 10 + 7 + 1 + 2, 36, 4, run(twoBuckets(10, 0), 2, 1));
  }

  @Test
  void hiddenExchangeTakesItsCpuTimeFromTheComputation() {
    assertResult(7 + 4 * 0.5, 0, 4, run(twoBuckets(0, 0.5), 1, 1));
    assertEquals(7 + 4 * 0.5 / 4, run(twoBuckets(0, 0.5), 1, 4).seconds(), 1e-9);
  }

  @Test
  void exchangeThatIsWaitedForHasTheCpuForItself() {
    StepSimulation sequential =
        new StepSimulation(TWO_LAYERS, 1, twoBuckets(0, 0.5), FLOATS, false, 1);
    assertResult(7 + 2, 2, 0, sequential.run());
  }

  /** A faster link, or fewer bytes to copy, never makes a step slower. */
  @Property(tries = 300)
  void lessToExchangeIsNeverSlower(
      @ForAll @Size(min = 1, max = 6) List<@DoubleRange(min = 0.01, max = 3) Double> layers,
      @ForAll @DoubleRange(min = 0, max = 5) double link,
      @ForAll @DoubleRange(min = 0, max = 5) double cpu,
      @ForAll @DoubleRange(min = 0, max = 1) double part,
      @ForAll @IntRange(min = 1, max = 4) int cores) {
    StepTimes times = times(layers);
    StepSimulation.Result slow = result(times, exchange(layers.size(), link, cpu), cores);
    StepSimulation.Result fast = result(times, exchange(layers.size(), link * part, cpu), cores);
    StepSimulation.Result less =
        result(times, exchange(layers.size(), link * part, cpu * part), cores);
    assertTrue(fast.seconds() <= slow.seconds() * (1 + 1e-9), fast + " and " + slow);
    assertTrue(less.seconds() <= fast.seconds() * (1 + 1e-9), less + " and " + fast);
    double all = 2 * layers.size() * Math.max(link, cpu);
    assertTrue(slow.seconds() >= times.seconds() - 1e-9, slow.toString());
    assertTrue(slow.seconds() <= times.seconds() + all + 1e-9, slow.toString());
  }

  private static StepSimulation.Result result(StepTimes times, List<Exchange> exchange, int cores) {
    int floats = 10 * times.forward().size();
    return new StepSimulation(times, 1, exchange, floats, true, cores).run();
  }

  private static StepTimes times(List<Double> layers) {
    List<Segment> forward = new ArrayList<>();
    List<Segment> backward = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      forward.add(new Segment(10 * (i + 1), layers.get(i)));
      backward.add(0, new Segment(10 * i, 2 * layers.get(i)));
    }
    return new StepTimes(1, 0.1, forward, backward);
  }

  private static List<Exchange> exchange(int buckets, double link, double cpu) {
    List<Exchange> exchange = new ArrayList<>();
    for (int i = buckets - 1; i >= 0; i--) {
      exchange.add(new Exchange(10 * i, 0, link, cpu));
    }
    for (int i = 0; i < buckets; i++) {
      exchange.add(new Exchange(0, 10 * (i + 1), link, cpu));
    }
    return exchange;
  }
}
