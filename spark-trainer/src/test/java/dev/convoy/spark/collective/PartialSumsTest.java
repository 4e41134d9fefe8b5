package dev.convoy.spark.collective;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PartialSumsTest {
  private static final int LENGTH = 37;

  @Property(tries = 150)
  void sumsAreThoseOfTheTreeWhateverTheThreadsDo(
      @ForAll @IntRange(max = 5) int log,
      @ForAll @IntRange(min = 1, max = 32) int anyRanks,
      @ForAll @IntRange(min = 1, max = 5) int threads)
      throws Exception {
    int count = 1 << log;
    VirtualNodes nodes = new VirtualNodes(count, 1 + anyRanks % count);
    float[][] gradients = TreeOracle.gradients(count, LENGTH, 1);
    for (int rank = 0; rank < nodes.ranks(); rank++) {
      PartialSums sums = new PartialSums(nodes, rank, LENGTH, threads);
      for (int step = 0; step < 2; step++) {
        fill(sums, nodes.block(rank), gradients, threads);
        assertSums(gradients, nodes.subtrees(rank), sums.partials());
        sums.reset();
      }
    }
  }

  /** Workers take the next node each, as a trainer's threads do, and finish in any order. */
  private static void fill(PartialSums sums, Range block, float[][] gradients, int threads)
      throws Exception {
    AtomicInteger next = new AtomicInteger(block.from());
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> workers = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        workers.add(
            pool.submit(
                () -> {
                  for (int v = next.getAndIncrement(); v < block.to(); v = next.getAndIncrement()) {
                    System.arraycopy(gradients[v], 0, sums.buffer(v), 0, LENGTH);
                    if (v % 3 == 0) {
                      Thread.sleep(0, 50_000);
                    }
                    sums.add(v);
                  }
                  return null;
                }));
      }
      for (Future<?> worker : workers) {
        worker.get(10, TimeUnit.SECONDS);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private static void assertSums(
      float[][] gradients, List<Subtree> subtrees, List<float[]> partials) {
    assertEquals(subtrees.size(), partials.size());
    for (int i = 0; i < subtrees.size(); i++) {
      Subtree subtree = subtrees.get(i);
      assertArrayEquals(
          TreeOracle.sum(gradients, subtree.first(), subtree.size()), partials.get(i));
    }
  }

  @Test
  void oneThreadNeedsOneBufferPerLevelAndOneMore() throws Exception {
    PartialSums sums = new PartialSums(new VirtualNodes(16, 1), 0, LENGTH, 1);
    Set<float[]> used = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int step = 0; step < 3; step++) {
      for (int node = 0; node < 16; node++) {
        used.add(sums.buffer(node));
        sums.add(node);
      }
      sums.reset();
    }
    assertEquals(5, used.size());
  }

  @Test
  void aNodeBeyondTheWindowWaitsForTheLowestOne() throws Exception {
    PartialSums sums = new PartialSums(new VirtualNodes(4, 1), 0, LENGTH, 2);
    sums.buffer(0);
    sums.buffer(1);
    sums.add(1);
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try {
      Future<float[]> ahead = pool.submit(() -> sums.buffer(2));
      assertThrows(
          java.util.concurrent.TimeoutException.class, () -> ahead.get(50, TimeUnit.MILLISECONDS));
      sums.add(0);
      assertEquals(LENGTH, ahead.get(5, TimeUnit.SECONDS).length);
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void resetTakesBackAnAbandonedStep() throws Exception {
    PartialSums sums = new PartialSums(new VirtualNodes(4, 1), 0, LENGTH, 2);
    for (int step = 0; step < 5; step++) {
      sums.buffer(0);
      sums.buffer(1);
      sums.add(0);
      sums.reset();
    }
    float[][] gradients = TreeOracle.gradients(4, LENGTH, 2);
    fill(sums, new Range(0, 4), gradients, 2);
    assertSums(gradients, List.of(new Subtree(0, 4)), sums.partials());
  }

  @Test
  void saysWhichNodeIsWrong() throws Exception {
    PartialSums sums = new PartialSums(new VirtualNodes(4, 2), 1, LENGTH, 1);
    assertEquals(
        "this rank computes the virtual nodes 2 to 3, got 1",
        assertThrows(IllegalArgumentException.class, () -> sums.buffer(1)).getMessage());
    assertEquals(
        "virtual node 2 has no buffer to add",
        assertThrows(IllegalStateException.class, () -> sums.add(2)).getMessage());
    sums.buffer(2);
    sums.add(2);
    assertEquals(
        "virtual node 2 was added already in this step",
        assertThrows(IllegalStateException.class, () -> sums.buffer(2)).getMessage());
    assertEquals(
        "virtual node 3 was not added yet",
        assertThrows(IllegalStateException.class, sums::partials).getMessage());
  }
}
