package dev.convoy.data;

import static dev.convoy.data.BatchPlan.LastBatch.DROP;
import static dev.convoy.data.BatchPlan.LastBatch.PAD;
import static dev.convoy.data.DataAssertions.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class EpochPlanTest {
  @Test
  void theOrderOfASeedAndEpochNeverChanges() {
    int[] order = new int[8];
    new EpochPlan(1, 0, new BatchPlan(10, 8, 1, DROP)).samples(0, 0, order);
    assertArrayEquals(new int[] {5, 7, 9, 4, 8, 3, 2, 1}, order);
    new EpochPlan(1, 1, new BatchPlan(10, 8, 1, DROP)).samples(0, 0, order);
    assertArrayEquals(new int[] {6, 4, 1, 0, 7, 8, 2, 9}, order);
  }

  @Property(tries = 200)
  void everySampleIsVisitedAtMostOnceAndOnlyTheTailIsLeftOut(
      @ForAll long seed,
      @ForAll @IntRange(max = 5) int epoch,
      @ForAll @IntRange(max = 3) int logNodes,
      @ForAll @IntRange(min = 1, max = 5) int microbatch,
      @ForAll @IntRange(max = 60) int more) {
    int nodes = 1 << logNodes;
    BatchPlan plan = new BatchPlan(microbatch * nodes + more, microbatch * nodes, nodes, DROP);
    int[] visited = visit(new EpochPlan(seed, epoch, plan), plan);
    assertEquals(plan.size() / plan.batchSize() * plan.batchSize(), visited.length);
    int[] sorted = Arrays.stream(visited).sorted().distinct().toArray();
    assertEquals(visited.length, sorted.length);
    assertTrue(sorted[0] >= 0 && sorted[sorted.length - 1] < plan.size());
  }

  @Property(tries = 200)
  void aPaddedEpochVisitsEverySampleAndBeginsAgainInItsLastBatch(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 40) int size,
      @ForAll @IntRange(min = 1, max = 5) int microbatch) {
    BatchPlan plan = new BatchPlan(size, 4 * microbatch, 4, PAD);
    int[] visited = visit(new EpochPlan(seed, 0, plan), plan);
    assertEquals(0, visited.length % plan.batchSize());
    assertTrue(visited.length - size < plan.batchSize());
    assertEquals(size, Arrays.stream(visited).limit(size).distinct().count());
    for (int i = size; i < visited.length; i++) {
      assertEquals(visited[i % size], visited[i]);
    }
  }

  @Property(tries = 50)
  void theGlobalBatchesDoNotDependOnTheNumberOfVirtualNodes(@ForAll long seed) {
    BatchPlan one = new BatchPlan(100, 16, 1, DROP);
    int[] order = visit(new EpochPlan(seed, 3, one), one);
    for (int nodes : new int[] {2, 4, 8, 16}) {
      BatchPlan plan = new BatchPlan(100, 16, nodes, DROP);
      assertArrayEquals(order, visit(new EpochPlan(seed, 3, plan), plan));
    }
  }

  @Test
  void everyPositionGetsEverySampleAboutAsOften() {
    BatchPlan plan = new BatchPlan(4, 4, 1, DROP);
    int[][] counts = new int[4][4];
    for (int epoch = 0; epoch < 4000; epoch++) {
      int[] order = visit(new EpochPlan(7, epoch, plan), plan);
      IntStream.range(0, 4).forEach(i -> counts[i][order[i]]++);
    }
    for (int[] row : counts) {
      for (int count : row) {
        assertEquals(1000, count, 150); // 5.5 standard deviations
      }
    }
  }

  @Test
  void whatLiesOutsideTheEpochIsRefused() {
    BatchPlan plan = new BatchPlan(10, 4, 2, DROP);
    EpochPlan epoch = new EpochPlan(1, 0, plan);
    assertEquals(2, epoch.stepsPerEpoch());
    assertThrows(IndexOutOfBoundsException.class, () -> epoch.samples(2, 0, new int[2]));
    assertThrows(IndexOutOfBoundsException.class, () -> epoch.samples(0, 2, new int[2]));
  }

  @Test
  void numbersThatDoNotFitAreRefused() {
    assertRefused(() -> new BatchPlan(100, 10, 4, DROP), "batch size 10", "4 virtual nodes");
    assertRefused(() -> new BatchPlan(100, 0, 4, DROP), "batch size 0");
    assertRefused(() -> new BatchPlan(100, 12, 6, DROP), "virtual nodes is 6", "power of two");
    assertRefused(() -> new BatchPlan(100, 12, 0, DROP), "virtual nodes is 0", "power of two");
    assertRefused(() -> new BatchPlan(100, 128, 8, DROP), "batch size 128", "100 samples");
  }

  private static int[] visit(EpochPlan epoch, BatchPlan plan) {
    int microbatch = plan.microbatchSize();
    int[] visited = new int[plan.stepsPerEpoch() * plan.batchSize()];
    int[] samples = new int[microbatch];
    int at = 0;
    for (int step = 0; step < plan.stepsPerEpoch(); step++) {
      for (int node = 0; node < plan.virtualNodes(); node++) {
        epoch.samples(step, node, samples);
        System.arraycopy(samples, 0, visited, at, microbatch);
        at += microbatch;
      }
    }
    return visited;
  }
}
