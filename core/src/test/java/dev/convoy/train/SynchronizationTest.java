package dev.convoy.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.collective.Collective;
import dev.convoy.collective.LoopbackRanks;
import dev.convoy.collective.Range;
import dev.convoy.collective.Subtree;
import dev.convoy.concurrent.ThreadTeam;
import dev.convoy.optim.Sgd;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Both ways of synchronizing, on a problem that has all of training's ways to go wrong: gradients
 * that depend on the weights, the step and the virtual node, and that do not sum exactly.
 */
class SynchronizationTest {
  private static final int LENGTH = 5_008;
  private static final int NODES = 8;
  private static final int STEPS = 12;
  private static final float RATE = 0.1f;
  private static final Sgd MOMENTUM = new Sgd(0.9f, 5e-4f);
  private static final Sgd PLAIN = new Sgd(0, 5e-4f);

  /** A rank's way to synchronize, from what it has. */
  @FunctionalInterface
  private interface Mode {
    Synchronization of(Collective collective, ThreadTeam team, float[] initial);
  }

  private static Mode allReduce(Sgd optimizer) {
    return (collective, team, initial) ->
        new AllReduce(
            collective, optimizer, team, new PhaseTimer(), initial, SynchronizationTest::source);
  }

  private static Mode averaging(Sgd optimizer, int period) {
    return (collective, team, initial) ->
        new Averaging(
            collective,
            optimizer,
            team,
            new PhaseTimer(),
            initial,
            period,
            STEPS,
            SynchronizationTest::source);
  }

  private static float[] initialWeights() {
    float[] weights = new float[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      weights[i] = noise(0, 0, i);
    }
    return weights;
  }

  /** Pulls each weight to a place that is another one for every node and step. */
  private static void gradient(long step, int node, float[] weights, float[] gradient) {
    for (int i = 0; i < LENGTH; i++) {
      gradient[i] = weights[i] - noise(step, node + 1, i);
    }
  }

  /** Adds up the nodes of each subtree by plain recursion; workers share the subtrees. */
  private static VirtualNodeGradients source(
      Range nodes, float[] weights, List<Subtree> subtrees, List<float[]> sums) {
    return (worker, step) -> {
      for (int t = worker.from(subtrees.size()); t < worker.to(subtrees.size()); t++) {
        Subtree tree = subtrees.get(t);
        assertTrue(tree.first() >= nodes.from() && tree.first() + tree.size() <= nodes.to());
        float[] sum = sum(step, weights, tree.first(), tree.size());
        System.arraycopy(sum, 0, sums.get(t), 0, LENGTH);
      }
      worker.barrier();
    };
  }

  private static float[] sum(long step, float[] weights, int first, int size) {
    float[] left = new float[LENGTH];
    if (size == 1) {
      gradient(step, first, weights, left);
    } else {
      left = sum(step, weights, first, size / 2);
      add(left, sum(step, weights, first + size / 2, size / 2));
    }
    return left;
  }

  private static float noise(long step, int node, int i) {
    long mixed = (step * 31 + node) * 1_000_003 + i;
    mixed = (mixed ^ (mixed >>> 15)) * 0x9E3779B97F4A7C15L;
    return (mixed >>> 40) * 0x1p-24f - 0.5f;
  }

  private static List<float[]> train(Mode mode, int ranks, int threads) throws Exception {
    return LoopbackRanks.run(
        ranks,
        LENGTH,
        NODES,
        collective -> {
          try (ThreadTeam team = new ThreadTeam(threads)) {
            Synchronization all = mode.of(collective, team, initialWeights());
            for (long step = 0; step < STEPS; step++) {
              all.step(step, RATE);
            }
            assertTrue(all.inStep());
            return all.weights().clone();
          }
        });
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "2, 1", "3, 1", "3, 2", "8, 1"})
  void theWeightsAreTheSameOnEveryRankForAnyNumberOfRanksAndThreads(int ranks, int threads)
      throws Exception {
    for (Mode mode : List.of(allReduce(MOMENTUM), averaging(MOMENTUM, 4), averaging(MOMENTUM, 5))) {
      float[] alone = train(mode, 1, 1).get(0);
      for (float[] weights : train(mode, ranks, threads)) {
        assertArrayEquals(alone, weights); // bit for bit
      }
    }
  }

  @Test
  void averagingAfterEveryStepOfPlainSgdIsAllReduceUpToRounding() throws Exception {
    float[] reduced = train(allReduce(PLAIN), 2, 1).get(0);
    float[] averaged = train(averaging(PLAIN, 1), 2, 1).get(0);
    assertArrayEquals(reduced, averaged, 1e-6f);
    boolean moved = false;
    for (int i = 0; i < LENGTH; i++) {
      moved |= Math.abs(reduced[i] - initialWeights()[i]) > 0.1f;
    }
    assertTrue(moved);
  }

  @Test
  void averagingIsInStepAfterEachPeriodAndAfterTheLastStep() throws Exception {
    LoopbackRanks.run(
        2,
        LENGTH,
        NODES,
        collective -> {
          try (ThreadTeam team = new ThreadTeam(1)) {
            Synchronization all = averaging(MOMENTUM, 5).of(collective, team, initialWeights());
            for (long step = 0; step < STEPS; step++) {
              all.step(step, RATE);
              assertEquals((step + 1) % 5 == 0 || step == STEPS - 1, all.inStep());
            }
            return null;
          }
        });
  }

  @ParameterizedTest
  @CsvSource({"2, 3", "3, 1", "1, 8"})
  void aRunGoesOnWithAnotherNumberOfRanksFromWeightsAndState(int before, int after)
      throws Exception {
    for (Mode mode : List.of(allReduce(MOMENTUM), averaging(MOMENTUM, 3))) {
      float[] undisturbed = train(mode, 1, 1).get(0);
      float[] state = new float[LENGTH];
      float[] weights = LoopbackRanks.run(before, LENGTH, NODES, c -> half(c, mode, state)).get(0);
      List<float[]> resumed =
          LoopbackRanks.run(after, LENGTH, NODES, c -> otherHalf(c, mode, weights, state));
      resumed.forEach(each -> assertArrayEquals(undisturbed, each));
    }
  }

  private static float[] half(Collective collective, Mode mode, float[] state) throws Exception {
    try (ThreadTeam team = new ThreadTeam(1)) {
      Synchronization all = mode.of(collective, team, initialWeights());
      for (long step = 0; step < STEPS / 2; step++) {
        all.step(step, RATE);
      }
      // Ranks own slices that do not overlap.
      float[] slice = all.state();
      assertEquals(slice.length, all.stateSlice().length());
      System.arraycopy(slice, 0, state, all.stateSlice().from(), slice.length);
      return all.weights().clone();
    }
  }

  private static float[] otherHalf(Collective collective, Mode mode, float[] weights, float[] state)
      throws Exception {
    try (ThreadTeam team = new ThreadTeam(1)) {
      Synchronization all = mode.of(collective, team, weights.clone());
      float[] slice = new float[all.stateSlice().length()];
      System.arraycopy(state, all.stateSlice().from(), slice, 0, slice.length);
      all.restore(slice);
      for (long step = STEPS / 2; step < STEPS; step++) {
        all.step(step, RATE);
      }
      return all.weights().clone();
    }
  }

  /** Otherwise equal weights would prove nothing. */
  @Test
  void theGradientsOfDifferentOrderWouldDiffer() {
    float[] sum = new float[LENGTH];
    float[] reversed = new float[LENGTH];
    float[] gradient = new float[LENGTH];
    for (int node = 0; node < NODES; node++) {
      gradient(0, node, initialWeights(), gradient);
      add(sum, gradient);
      gradient(0, NODES - 1 - node, initialWeights(), gradient);
      add(reversed, gradient);
    }
    assertFalse(Arrays.equals(sum, reversed));
  }

  private static void add(float[] sum, float[] gradient) {
    for (int i = 0; i < LENGTH; i++) {
      sum[i] += gradient[i];
    }
  }
}
