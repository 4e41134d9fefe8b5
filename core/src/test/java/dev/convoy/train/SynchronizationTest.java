package dev.convoy.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.collective.Buckets;
import dev.convoy.collective.Collective;
import dev.convoy.collective.CollectivePlan;
import dev.convoy.collective.LoopbackRanks;
import dev.convoy.collective.Range;
import dev.convoy.collective.Rounding;
import dev.convoy.collective.StochasticRounding;
import dev.convoy.collective.Subtree;
import dev.convoy.collective.VirtualNodes;
import dev.convoy.collective.transport.MeshOptions;
import dev.convoy.collective.transport.WireFormat;
import dev.convoy.concurrent.ThreadTeam;
import dev.convoy.nn.GradientLayout;
import dev.convoy.nn.LayerHooks;
import dev.convoy.optim.Optimizer;
import dev.convoy.optim.Optimizers;
import dev.convoy.optim.ParameterRange;
import dev.convoy.optim.Sgd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
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
  private static final Optimizer MOMENTUM = new Sgd(0.9f, 5e-4f);
  private static final Optimizer PLAIN = new Sgd(0, 5e-4f);

  /** A network of layers that are shorter and longer than buckets. */
  private static final List<Integer> STARTS = List.of(0, 64, 704, 3_104, 3_120, 4_304);

  private static final int LONGEST_LAYER = 2_400;

  private static final List<ParameterRange> RANGES = ranges();

  private static List<ParameterRange> ranges() {
    List<ParameterRange> ranges = new ArrayList<>();
    for (int layer = 0; layer < STARTS.size(); layer++) {
      int to = layer + 1 < STARTS.size() ? STARTS.get(layer + 1) : LENGTH;
      ranges.add(new ParameterRange(STARTS.get(layer), to, ParameterRange.Kind.WEIGHT));
    }
    return ranges;
  }

  /** A rank's way to synchronize, from what it has. */
  @FunctionalInterface
  private interface Mode {
    Synchronization of(Collective collective, ThreadTeam team, float[] initial);
  }

  private static Mode allReduce(Function<List<ParameterRange>, Optimizer> optimizer) {
    return allReduce(optimizer, true);
  }

  private static Mode allReduce(
      Function<List<ParameterRange>, Optimizer> optimizer, boolean overlap) {
    return (collective, team, initial) -> {
      Optimizer made = optimizer.apply(RANGES);
      PhaseTimer timer = new PhaseTimer();
      if (collective.ranks() == 1 && !collective.rounds()) {
        GradientLayout layout = ofOwnUpdate(made);
        return new SingleRank(collective, made, team, timer, initial, new Source(layout), layout);
      }
      GradientLayout layout =
          overlap && made.sumsBefore(LENGTH) == 0
              ? ofExchange(collective.buckets())
              : GradientLayout.whole(LENGTH);
      return new AllReduce(
          collective, made, team, timer, initial, source(collective, layout), layout, overlap);
    };
  }

  private static GradientSource source(Collective collective, GradientLayout layout) {
    return collective.rounds()
        ? rounded(collective, layout, collective.rounding())
        : new Source(layout);
  }

  private static GradientSource rounded(
      Collective collective, GradientLayout layout, Rounding rounding) {
    return new RoundedSums(new Source(layout), layout, rounding, collective.virtualNodes().unit());
  }

  /** No more room than for the longest segment, so that each waits for others that have left. */
  private static GradientLayout ofExchange(Buckets buckets) {
    List<Integer> starts = new ArrayList<>();
    buckets.ranges().stream().map(Range::from).filter(STARTS::contains).forEach(starts::add);
    int longest = LENGTH - starts.get(starts.size() - 1);
    for (int s = 1; s < starts.size(); s++) {
      longest = Math.max(longest, starts.get(s) - starts.get(s - 1));
    }
    return GradientLayout.ring(starts, LENGTH, longest);
  }

  /** Computes a rank's nodes in rounds of {@code atOnce}, and rounds their sums. */
  private static Mode accumulating(int atOnce) {
    return (collective, team, initial) -> {
      Rounding rounding = collective.rounding();
      GradientLayout whole = GradientLayout.whole(LENGTH);
      return new AllReduce(
          collective,
          MOMENTUM,
          team,
          new PhaseTimer(),
          initial,
          new Accumulation(rounded(collective, whole, rounding), atOnce, rounding),
          whole,
          true);
    };
  }

  private static Mode averaging(Optimizer optimizer, int period) {
    return (collective, team, initial) ->
        new Averaging(
            collective,
            optimizer,
            team,
            new PhaseTimer(),
            initial,
            period,
            STEPS,
            new Source(ofOwnUpdate(optimizer)),
            ofOwnUpdate(optimizer));
  }

  /** Room for the longest layer, or for all if the optimizer needs norms. */
  private static GradientLayout ofOwnUpdate(Optimizer optimizer) {
    return optimizer.sumsBefore(LENGTH) > 0
        ? GradientLayout.whole(LENGTH)
        : GradientLayout.ring(STARTS, LENGTH, LONGEST_LAYER);
  }

  private static Mode postLocal(Optimizer optimizer, int period, long from) {
    return (collective, team, initial) ->
        new PostLocal(
            from,
            allReduce(r -> optimizer).of(collective, team, initial),
            weights -> averaging(optimizer, period).of(collective, team, weights));
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
  private record Source(GradientLayout layout) implements GradientSource {
    @Override
    public VirtualNodeGradients bind(
        Range nodes,
        float[] weights,
        List<Subtree> subtrees,
        List<float[]> sums,
        LayerHooks hooks) {
      sums.forEach(sum -> assertEquals(layout.length(), sum.length));
      return (worker, step) -> {
        for (ParameterRange layer : RANGES) {
          hooks.beforeForward(worker, layer.to());
        }
        float[] now = weights.clone();
        worker.barrier();
        for (int layer = RANGES.size() - 1; layer >= 0; layer--) {
          int from = RANGES.get(layer).from();
          int to = RANGES.get(layer).to();
          hooks.beforeBackward(worker, from, to);
          for (int t = worker.from(subtrees.size()); t < worker.to(subtrees.size()); t++) {
            Subtree tree = subtrees.get(t);
            assertTrue(tree.first() >= nodes.from() && tree.first() + tree.size() <= nodes.to());
            float[] sum = sum(step, now, tree.first(), tree.size());
            System.arraycopy(sum, from, sums.get(t), layout.place(from), to - from);
          }
          worker.barrier();
          hooks.afterBackward(worker, from, to);
        }
      };
    }
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
    return train(mode, ranks, threads, LENGTH);
  }

  private static List<float[]> train(Mode mode, int ranks, int threads, int bucket)
      throws Exception {
    return train(
        mode,
        ranks,
        threads,
        options -> Collective.open(options, Buckets.of(LENGTH, bucket), NODES));
  }

  /** Trains with buckets that end where layers do. */
  private static List<float[]> trainInParts(Mode mode, int ranks, int threads, int bucket)
      throws Exception {
    Buckets buckets = Buckets.ofParts(STARTS, LENGTH, bucket);
    return train(mode, ranks, threads, options -> Collective.open(options, buckets, NODES));
  }

  /** Trains with sums that are rounded to bfloat16 from {@code unit} nodes on. */
  private static List<float[]> trainRounded(Mode mode, int ranks, int threads, int bucket, int unit)
      throws Exception {
    return train(
        mode, ranks, threads, options -> rounding(options, Buckets.of(LENGTH, bucket), unit));
  }

  private static Collective rounding(MeshOptions options, Buckets buckets, int unit) {
    VirtualNodes nodes = new VirtualNodes(NODES, options.ranks(), unit);
    return Collective.open(
        options,
        new CollectivePlan(nodes, buckets, WireFormat.BFLOAT16),
        new StochasticRounding(1, NODES, unit));
  }

  private static List<float[]> train(
      Mode mode, int ranks, int threads, Function<MeshOptions, Collective> open) throws Exception {
    return LoopbackRanks.run(
        ranks,
        open,
        collective -> {
          try (ThreadTeam team = new ThreadTeam(threads);
              Synchronization all = mode.of(collective, team, initialWeights())) {
            for (long step = 0; step < STEPS; step++) {
              all.step(step, RATE / (step + 1));
            }
            all.gatherWeights();
            assertTrue(all.inStep());
            return all.weights().clone();
          }
        });
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "2, 1", "3, 1", "3, 2", "8, 1"})
  void theWeightsAreTheSameOnEveryRankForAnyNumberOfRanksAndThreads(int ranks, int threads)
      throws Exception {
    for (Mode mode :
        List.of(
            allReduce(r -> MOMENTUM),
            averaging(MOMENTUM, 4),
            averaging(MOMENTUM, 5),
            postLocal(MOMENTUM, 3, 5))) {
      float[] alone = train(mode, 1, 1).get(0);
      for (float[] weights : train(mode, ranks, threads)) {
        assertArrayEquals(alone, weights); // bit for bit
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"2, 1, 1024", "2, 2, 1024", "3, 1, 2048", "4, 1, 1024", "8, 2, 3000"})
  void bucketsAndOverlapChangeNoBit(int ranks, int threads, int bucket) throws Exception {
    for (String name : Optimizers.names()) {
      Function<List<ParameterRange>, Optimizer> optimizer =
          ranges -> Optimizers.of(name, new Optimizers.Settings(0.9, 5e-4, true, 0.01), ranges);
      float[] alone = train(allReduce(optimizer), 1, 1).get(0);
      for (boolean overlap : new boolean[] {true, false}) {
        for (float[] weights : train(allReduce(optimizer, overlap), ranks, threads, bucket)) {
          assertArrayEquals(alone, weights, name);
        }
      }
    }
    for (Mode mode : List.of(averaging(MOMENTUM, 4), postLocal(MOMENTUM, 4, 6))) {
      float[] alone = train(mode, 1, 1).get(0);
      for (float[] weights : train(mode, ranks, threads, bucket)) {
        assertArrayEquals(alone, weights);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2, 1, 16",
    "2, 2, 1024",
    "3, 1, 16",
    "3, 2, 1500",
    "4, 1, 1024",
    "5, 1, 2048",
    "6, 1, 16",
    "7, 2, 1024",
    "8, 1, 16",
    "8, 2, 3000"
  })
  void gradientsThatTakeTurnsChangeNoBit(int ranks, int threads, int bucket) throws Exception {
    assertFalse(ofExchange(Buckets.ofParts(STARTS, LENGTH, bucket)).isWhole());
    for (Mode mode :
        List.of(
            allReduce(r -> MOMENTUM, true),
            allReduce(r -> MOMENTUM, false),
            averaging(MOMENTUM, 4),
            postLocal(MOMENTUM, 4, 6))) {
      float[] alone = train(mode, 1, 1).get(0);
      for (float[] weights : trainInParts(mode, ranks, threads, bucket)) {
        assertArrayEquals(alone, weights);
      }
    }
    if (ranks <= 4) {
      Buckets buckets = Buckets.ofParts(STARTS, LENGTH, bucket);
      Mode mode = allReduce(r -> MOMENTUM, true);
      float[] alone = trainRounded(mode, 1, 1, LENGTH, 1).get(0);
      for (float[] weights : train(mode, ranks, threads, o -> rounding(o, buckets, 1))) {
        assertArrayEquals(alone, weights);
      }
    }
  }

  /** Units of two nodes allow for four ranks, of one node for eight. */
  @ParameterizedTest
  @CsvSource({"2, 2, 1, 1024", "2, 1, 2, 5008", "3, 2, 1, 2048", "4, 2, 2, 1024", "7, 1, 1, 1024"})
  void roundedSumsGiveTheSameWeightsForAnyNumberOfRanks(
      int ranks, int unit, int threads, int bucket) throws Exception {
    List<Mode> modes = new ArrayList<>();
    for (String name : Optimizers.names()) {
      modes.add(
          allReduce(
              ranges ->
                  Optimizers.of(name, new Optimizers.Settings(0.9, 5e-4, true, 0.01), ranges)));
    }
    modes.add(averaging(MOMENTUM, 4));
    modes.add(postLocal(MOMENTUM, 4, 6));
    for (Mode mode : modes) {
      float[] alone = trainRounded(mode, 1, 1, LENGTH, unit).get(0);
      float[] exact = train(mode, 1, 1).get(0);
      assertFalse(Arrays.equals(exact, alone));
      // Two digits are what 8 bits keep, in every step anew.
      assertArrayEquals(exact, alone, 0.02f);
      for (float[] weights : trainRounded(mode, ranks, threads, bucket, unit)) {
        assertArrayEquals(alone, weights);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 2", "1, 4", "2, 1", "2, 2", "3, 1", "4, 1"})
  void roundsAreRoundedAsTheWholeIs(int ranks, int atOnce) throws Exception {
    for (int unit : new int[] {1, 2}) {
      float[] alone = trainRounded(allReduce(r -> MOMENTUM), 1, 1, LENGTH, unit).get(0);
      for (float[] weights : trainRounded(accumulating(atOnce), ranks, 2, 1024, unit)) {
        assertArrayEquals(alone, weights, "units of " + unit);
      }
    }
  }

  @Test
  void postLocalIsAllReduceBeforeItsLocalStepsAndAveragingFromTheStart() throws Exception {
    Mode reduced = allReduce(r -> MOMENTUM);
    assertArrayEquals(
        train(reduced, 2, 1).get(0), train(postLocal(MOMENTUM, 4, STEPS), 2, 1).get(0));
    assertArrayEquals(
        train(averaging(MOMENTUM, 4), 2, 1).get(0), train(postLocal(MOMENTUM, 4, 0), 2, 1).get(0));
    float[] mixed = train(postLocal(MOMENTUM, 4, 6), 2, 1).get(0);
    assertFalse(Arrays.equals(mixed, train(reduced, 2, 1).get(0)));
    assertFalse(Arrays.equals(mixed, train(averaging(MOMENTUM, 4), 2, 1).get(0)));
  }

  @Test
  void averagingAfterEveryStepOfPlainSgdIsAllReduceUpToRounding() throws Exception {
    float[] reduced = train(allReduce(r -> PLAIN), 2, 1).get(0);
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
    for (Mode mode :
        List.of(allReduce(r -> MOMENTUM), averaging(MOMENTUM, 3), postLocal(MOMENTUM, 3, 8))) {
      resume(
          mode,
          (options, bucket) -> Collective.open(options, Buckets.of(LENGTH, bucket), NODES),
          before,
          after);
      resume(
          mode,
          (options, bucket) -> rounding(options, Buckets.of(LENGTH, bucket), 1),
          before,
          after);
    }
  }

  private static void resume(
      Mode mode, BiFunction<MeshOptions, Integer, Collective> open, int before, int after)
      throws Exception {
    float[] undisturbed = train(mode, 1, 1, options -> open.apply(options, LENGTH)).get(0);
    float[] state = new float[LENGTH];
    float[] weights =
        LoopbackRanks.run(before, options -> open.apply(options, 1024), c -> half(c, mode, state))
            .get(0);
    List<float[]> resumed =
        LoopbackRanks.run(
            after, options -> open.apply(options, 2048), c -> otherHalf(c, mode, weights, state));
    resumed.forEach(each -> assertArrayEquals(undisturbed, each));
  }

  private static float[] half(Collective collective, Mode mode, float[] state) throws Exception {
    try (ThreadTeam team = new ThreadTeam(1);
        Synchronization all = mode.of(collective, team, initialWeights())) {
      for (long step = 0; step < STEPS / 2; step++) {
        all.step(step, RATE / (step + 1));
      }
      all.gatherWeights();
      // Ranks own slices that do not overlap.
      for (StateSlice slice : all.state()) {
        assertEquals(slice.range().length(), slice.values().length);
        System.arraycopy(slice.values(), 0, state, slice.range().from(), slice.range().length());
      }
      return all.weights().clone();
    }
  }

  private static float[] otherHalf(Collective collective, Mode mode, float[] weights, float[] state)
      throws Exception {
    try (ThreadTeam team = new ThreadTeam(1);
        Synchronization all = mode.of(collective, team, weights.clone())) {
      all.restore(
          all.held().stream()
              .map(r -> new StateSlice(r, Arrays.copyOfRange(state, r.from(), r.to())))
              .toList(),
          STEPS / 2);
      for (long step = STEPS / 2; step < STEPS; step++) {
        all.step(step, RATE / (step + 1));
      }
      all.gatherWeights();
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
