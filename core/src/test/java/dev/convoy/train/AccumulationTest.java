package dev.convoy.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.collective.Range;
import dev.convoy.collective.Rounding;
import dev.convoy.collective.Subtree;
import dev.convoy.collective.VirtualNodes;
import dev.convoy.concurrent.ThreadTeam;
import dev.convoy.concurrent.Worker;
import dev.convoy.nn.LayerHooks;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Sums in rounds against the sum at once, bit by bit. */
class AccumulationTest {
  private static final int LENGTH = 67;
  private static final int LAYER = 16;

  /** A virtual node's gradient: values of many magnitudes, whose sum depends on the order. */
  private static float gradient(long step, int node, int i) {
    SplittableRandom random = new SplittableRandom(step * 7919 + node * 131L + i);
    return Math.scalb(random.nextFloat() - 0.5f, random.nextInt(24));
  }

  private static float sum(long step, int first, int size, int i) {
    return size == 1
        ? gradient(step, first, i)
        : sum(step, first, size / 2, i) + sum(step, first + size / 2, size / 2, i);
  }

  /** Sums whole subtrees, of {@code most} nodes in all. */
  private record Source(int most) implements GradientSource {
    @Override
    public VirtualNodeGradients bind(
        Range nodes,
        float[] weights,
        List<Subtree> subtrees,
        List<float[]> sums,
        LayerHooks hooks) {
      assertTrue(nodes.length() <= most, () -> nodes + " are too many");
      return (worker, step) -> {
        hooks.beforeForward(worker, LENGTH);
        for (int t = 0; t < subtrees.size(); t++) {
          Subtree tree = subtrees.get(t);
          for (int i = worker.from(LENGTH); i < worker.to(LENGTH); i++) {
            sums.get(t)[i] = sum(step, tree.first(), tree.size(), i);
          }
        }
        worker.barrier();
        // Layer by layer, from the vector's end.
        for (int to = LENGTH; to > 0; to = Math.max(0, to - LAYER)) {
          hooks.afterBackward(worker, Math.max(0, to - LAYER), to);
        }
      };
    }
  }

  private static List<float[]> sums(
      GradientSource source, Range block, List<Subtree> subtrees, int workers) throws Exception {
    List<float[]> sums = new ArrayList<>();
    List<float[]> announced = new ArrayList<>();
    subtrees.forEach(tree -> sums.add(new float[LENGTH]));
    subtrees.forEach(tree -> announced.add(new float[LENGTH]));
    LayerHooks hooks =
        new LayerHooks() {
          @Override
          public void afterBackward(Worker worker, int from, int to) {
            // From here on the sums will not change any more.
            for (int t = 0; t < sums.size(); t++) {
              System.arraycopy(sums.get(t), from, announced.get(t), from, to - from);
            }
            worker.barrier();
          }
        };
    VirtualNodeGradients gradients = source.bind(block, new float[LENGTH], subtrees, sums, hooks);
    try (ThreadTeam team = new ThreadTeam(workers)) {
      for (long step = 0; step < 2; step++) { // what a step leaves behind does not disturb the next
        long now = step;
        team.run((Worker worker) -> gradients.compute(worker, now));
      }
    }
    for (int t = 0; t < sums.size(); t++) {
      assertArrayEquals(announced.get(t), sums.get(t));
    }
    return sums;
  }

  @Property(tries = 60)
  void roundsChangeNoBit(
      @ForAll @IntRange(min = 0, max = 5) int logNodes,
      @ForAll @IntRange(min = 1, max = 5) int ranks,
      @ForAll @IntRange(min = 0, max = 4) int rank,
      @ForAll @IntRange(min = 0, max = 4) int logAtOnce,
      @ForAll @IntRange(min = 1, max = 3) int workers)
      throws Exception {
    int count = Math.min(ranks, 1 << logNodes);
    VirtualNodes nodes = new VirtualNodes(1 << logNodes, count);
    Range block = nodes.block(rank % count);
    List<Subtree> subtrees = nodes.subtrees(rank % count);
    List<float[]> expected = sums(new Source(1 << logNodes), block, subtrees, workers);
    int atOnce = 1 << logAtOnce;
    List<float[]> actual =
        sums(new Accumulation(new Source(atOnce), atOnce, Rounding.NONE), block, subtrees, workers);
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i), actual.get(i));
    }
  }
}
