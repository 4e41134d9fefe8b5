package dev.convoy.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.collective.Buckets;
import dev.convoy.collective.Buddies;
import dev.convoy.collective.Collective;
import dev.convoy.collective.CollectivePlan;
import dev.convoy.collective.LoopbackRanks;
import dev.convoy.collective.Range;
import dev.convoy.collective.Rounding;
import dev.convoy.collective.StochasticRounding;
import dev.convoy.collective.VirtualNodes;
import dev.convoy.collective.transport.CollectiveException;
import dev.convoy.collective.transport.MeshOptions;
import dev.convoy.collective.transport.WireFormat;
import dev.convoy.nn.Network;
import dev.convoy.optim.Optimizers;
import dev.convoy.tensor.Tensor;
import dev.convoy.zoo.Zoo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real trainers whose ranks die at any moment, and others that go on from what is left. */
class RecoveryTest {
  private static final Network NETWORK = Zoo.named("lenet5-modern").classes(10).build();
  private static final int LENGTH = NETWORK.vectorLength();
  private static final int NODES = 8;
  private static final int STEPS = 12;
  private static final int PERIOD = 3;

  /** How an attempt synchronizes, which all attempts of a run share. */
  private record Run(String optimizer, WireFormat wire, boolean averages) {
    Collective open(MeshOptions options, int replicas, int bucket) {
      List<String> hosts = Collections.nCopies(options.ranks(), "host");
      CollectivePlan plan =
          new CollectivePlan(
              new VirtualNodes(NODES, options.ranks(), 1),
              Buckets.of(LENGTH, bucket),
              wire,
              Buddies.of(hosts, replicas));
      boolean rounds = wire != WireFormat.FLOAT32;
      return Collective.open(
          options, plan, rounds ? new StochasticRounding(1, NODES, 1) : Rounding.NONE);
    }

    Trainer trainer(Collective collective, float[] weights, long firstStep) {
      Optimizers.Settings settings = new Optimizers.Settings(0.9, 5e-4, true, 0.01);
      TrainerBuilder builder =
          Trainer.of(NETWORK)
              .optimizer(ranges -> Optimizers.of(optimizer, settings, ranges))
              .batchSize(2 * NODES)
              .collective(collective)
              .threads(1)
              .weights(weights)
              .batches(RecoveryTest::batch)
              .firstStep(firstStep);
      return averages ? builder.averaging(PERIOD, STEPS).build() : builder.build();
    }
  }

  private static void batch(
      long step, int node, Tensor images, int[] labels, long[] keys, int firstKey) {
    Random random = new Random(step * 1_000 + node);
    Arrays.setAll(labels, i -> random.nextInt(10));
    int end = images.at() + labels.length * images.shape().size();
    for (int i = images.at(); i < end; i++) {
      images.data()[i] = random.nextFloat() - 0.5f;
    }
  }

  private static float rate(long step) {
    return 0.05f / (step + 1);
  }

  /** What is left of the ranks that live, and the weights at the end if they got there. */
  private record Left(Map<Integer, List<SliceVersions>> versions, List<float[]> finished) {}

  /**
   * Trains on ranks of which some die, at a moment that is drawn.
   *
   * @param from what former ranks have left, or null at the beginning
   */
  private static Left attempt(
      Run run, int ranks, int replicas, int bucket, Start from, List<Integer> dying, Random random)
      throws Exception {
    long deathStep = from.step + 1 + random.nextInt(Math.max(1, (int) (STEPS - 1 - from.step)));
    int deathDelay = random.nextInt(3);
    Map<Integer, List<SliceVersions>> left = new ConcurrentHashMap<>();
    List<float[]> finished = new ArrayList<>();
    LoopbackRanks.run(
        ranks,
        options -> run.open(options, replicas, bucket),
        collective -> {
          boolean dies = dying.contains(collective.rank());
          Trainer trainer = null;
          try {
            float[] weights = from.weights(collective);
            trainer = run.trainer(collective, weights, from.step);
            from.restore(collective, trainer);
            for (long step = from.step; step < STEPS; step++) {
              if (dies && step == deathStep) {
                Thread.sleep(deathDelay);
                collective.close();
              }
              trainer.step(rate(step));
            }
            trainer.gatherWeights();
            synchronized (finished) {
              finished.add(trainer.synchronization().weights().clone());
            }
          } catch (CollectiveException | IllegalStateException e) {
            assertTrue(!dying.isEmpty(), () -> "nobody died, but " + e);
          } finally {
            if (trainer != null) {
              trainer.close();
              collective.close();
              if (!dies) {
                left.put(collective.rank(), trainer.synchronization().versions());
              }
            }
          }
          return null;
        });
    return new Left(left, finished);
  }

  /** Where an attempt begins: with what each of its ranks has from former ones. */
  private record Start(long step, Recovery recovery, List<List<SliceVersions>> kept) {
    static final Start ANEW = new Start(0, null, List.of());

    float[] weights(Collective collective) {
      return recovery == null ? NETWORK.initialWeights(1) : gather(collective).weights();
    }

    void restore(Collective collective, Trainer trainer) {
      if (recovery != null) {
        Synchronization all = trainer.synchronization();
        all.restore(gather(collective).momentum(all.held()), step);
      }
    }

    private StateGather gather(Collective collective) {
      return new StateGather(collective, recovery, kept.get(collective.rank()));
    }
  }

  /** Lets others go on from what is left, some of whom are new, in another order. */
  private static Optional<Start> start(Left left, int ranks, Random random) {
    List<List<SliceVersions>> kept = new ArrayList<>(left.versions.values());
    while (kept.size() < ranks) {
      kept.add(List.of());
    }
    Collections.shuffle(kept, random);
    List<Holdings> holdings = kept.stream().map(Holdings::of).toList();
    return Recovery.possible(holdings, 0, LENGTH).stream()
        .findFirst()
        .map(recovery -> new Start(recovery.step(), recovery, kept));
  }

  @ParameterizedTest
  @CsvSource({
    "sgd, FLOAT32, false, 2, 1, 2, 16384",
    "sgd, FLOAT32, false, 4, 1, 4, 16384",
    "sgd, FLOAT32, false, 5, 2, 3, 8192",
    "sgd, BFLOAT16, false, 4, 1, 3, 16384",
    "nesterov, FLOAT32, false, 3, 1, 2, 70000",
    "lars, FLOAT32, false, 4, 1, 4, 16384",
    "sgd, FLOAT32, true, 4, 1, 3, 16384",
    "sgd, BFLOAT16, true, 3, 1, 2, 16384",
  })
  void anyRankMayDieAndAtMostOneStepIsRepeated(
      String optimizer,
      WireFormat wire,
      boolean averages,
      int ranks,
      int replicas,
      int ranksAfterwards,
      int bucket)
      throws Exception {
    Run run = new Run(optimizer, wire, averages);
    Random random = new Random(ranks + 31L * bucket);
    float[] undisturbed = attempt(run, 2, 0, bucket, Start.ANEW, List.of(), random).finished.get(0);
    int recovered = 0;
    for (int trial = 0; trial < 4; trial++) {
      List<Integer> dying = new ArrayList<>();
      for (int i = 0; i < replicas; i++) {
        dying.add((trial + i) % ranks);
      }
      Left left = attempt(run, ranks, replicas, bucket, Start.ANEW, dying, random);
      if (!left.finished.isEmpty()) {
        continue; // the death came after all steps
      }
      Optional<Start> start = start(left, ranksAfterwards, random);
      if (!averages) {
        long newest =
            left.versions.values().stream()
                .flatMap(List::stream)
                .flatMapToLong(slice -> Arrays.stream(slice.steps()))
                .max()
                .orElse(0);
        // Nothing need be kept of what a run begins with.
        long step = start.map(Start::step).orElse(0L);
        assertTrue(newest - step <= 1, "a slice was two steps ahead of " + step);
      }
      recovered += start.isPresent() ? 1 : 0;
      Left end =
          attempt(
              run,
              ranksAfterwards,
              Math.min(replicas, ranksAfterwards - 1),
              2 * bucket,
              start.orElse(Start.ANEW),
              List.of(),
              random);
      assertEquals(ranksAfterwards, end.finished.size());
      end.finished.forEach(weights -> assertArrayEquals(undisturbed, weights));
    }
    assertTrue(recovered > 0, "every death came before the first step's end or after the last");
  }

  @Test
  void whatLacksAPartIsNothingToGoOnFrom() {
    Holdings first = holdings(Map.of(7L, List.of(new Range(0, 10)), 6L, List.of(new Range(0, 20))));
    Holdings second =
        holdings(Map.of(7L, List.of(new Range(11, 30)), 6L, List.of(new Range(15, 30))));
    assertEquals(
        List.of(
            new Recovery(
                6,
                List.of(
                    new Recovery.Piece(0, new Range(0, 20)),
                    new Recovery.Piece(1, new Range(20, 30))))),
        Recovery.possible(List.of(first, second), 0, 30));
    assertEquals(List.of(), Recovery.possible(List.of(first, second), 6, 30));
    assertEquals(List.of(), Recovery.possible(List.of(first, second), 0, 31));
    assertEquals(List.of(), Recovery.possible(List.of(), 0, 30));
  }

  private static Holdings holdings(Map<Long, List<Range>> slices) {
    return new Holdings(new TreeMap<>(slices));
  }

  @Test
  void aVersionThatWasBeingMadeIsNone() {
    SliceVersions slice = new SliceVersions(new Range(3, 5), new float[2], new float[2]);
    assertEquals(0, slice.steps().length);
    slice.begin();
    slice.copyFrom(new float[] {0, 0, 0, 1, 2}, new float[] {0, 0, 0, 3, 4});
    assertEquals(0, slice.steps().length);
    slice.end(8);
    assertArrayEquals(new long[] {8}, slice.steps());
    slice.begin();
    slice.keep(0, 2);
    slice.copyFrom(new float[5], new float[5]);
    assertEquals(0, slice.steps().length);
    slice.end(9);
    assertArrayEquals(new float[] {1, 2}, slice.weights(8));
    assertArrayEquals(new long[] {9, 8}, slice.steps());
    assertArrayEquals(new float[] {3, 4}, slice.momentum(8));
    assertTrue(Arrays.equals(new float[2], slice.momentum(9)));
  }
}
