package dev.convoy.collective;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.collective.transport.Frame;
import dev.convoy.collective.transport.Mesh;
import dev.convoy.collective.transport.MeshOptions;
import dev.convoy.collective.transport.WireFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every algorithm on the lists of {@link Algorithms} must do: the bits of the tree, for every
 * number of ranks that it supports, with no other partners than those it names.
 */
class CollectiveContractTest {
  private static final int[] LENGTHS = {0, 1, 1023, 1024, 1025, 5000, 20_000};

  /** More would take a gigabyte of buffers with dozens of ranks in one process. */
  private static final int MOST_PARTNERS = 24;

  /** A way to add and one to gather. */
  private record Pair(ReduceScatter.Algorithm reduceScatter, AllGather.Algorithm allGather) {
    Set<Integer> partners(VirtualNodes nodes, int rank) {
      Set<Integer> partners = new TreeSet<>(reduceScatter.partners(nodes, rank));
      partners.addAll(allGather.partners(nodes.ranks(), rank));
      return partners;
    }

    @Override
    public String toString() {
      return reduceScatter.getClass().getSimpleName() + ", " + allGather;
    }
  }

  /** All algorithms that support this many ranks; the last of the shorter list is repeated. */
  private static List<Pair> pairs(int ranks) {
    List<ReduceScatter.Algorithm> reduceScatters =
        Algorithms.REDUCE_SCATTERS.stream().filter(each -> each.supports(ranks)).toList();
    List<AllGather.Algorithm> allGathers =
        Algorithms.ALL_GATHERS.stream().filter(each -> each.supports(ranks)).toList();
    return IntStream.range(0, Math.max(reduceScatters.size(), allGathers.size()))
        .mapToObj(
            i ->
                new Pair(
                    reduceScatters.get(Math.min(i, reduceScatters.size() - 1)),
                    allGathers.get(Math.min(i, allGathers.size() - 1))))
        .toList();
  }

  static Stream<Arguments> ranksAndNodes() {
    List<Arguments> all = new ArrayList<>();
    for (int nodes = 1; nodes <= 16; nodes *= 2) {
      for (int ranks = 1; ranks <= nodes; ranks++) {
        all.add(Arguments.of(ranks, nodes, (ranks + nodes) % 4 == 0));
      }
    }
    for (int ranks : new int[] {5, 7, 12}) {
      all.add(Arguments.of(ranks, 128, false));
    }
    return all.stream();
  }

  @ParameterizedTest(name = "{0} ranks, {1} virtual nodes, encrypted {2}")
  @MethodSource("ranksAndNodes")
  void everyNumberOfRanksGivesTheTreesBits(int ranks, int nodes, boolean encrypt) throws Exception {
    // Short chunks, so that short vectors cross them too.
    assertSteps(pairs(ranks), ranks, nodes, encrypt, 700, LENGTHS);
  }

  @ParameterizedTest(name = "{0} ranks, {1} virtual nodes")
  @CsvSource({"16, 64", "17, 32", "24, 128", "31, 32", "32, 32", "33, 64", "48, 64", "64, 64"})
  void soDoManyRanks(int ranks, int nodes) throws Exception {
    List<Pair> sparse =
        pairs(ranks).stream()
            .filter(pair -> pair.partners(new VirtualNodes(nodes, ranks), 0).size() < MOST_PARTNERS)
            .toList();
    assertSteps(sparse, ranks, nodes, false, 700, 1025, 70_000);
  }

  @ParameterizedTest(name = "{0} ranks, {1} virtual nodes, {2} floats, encrypted {3}")
  @CsvSource({
    "1, 4, 300000, false",
    "2, 2, 1100000, false",
    "2, 2, 1100000, true",
    "3, 8, 1000000, false",
    "3, 4, 1000000, true",
    "4, 8, 1700000, false"
  })
  void longVectorsGoInManyChunks(int ranks, int nodes, int length, boolean encrypt)
      throws Exception {
    assertSteps(pairs(ranks), ranks, nodes, encrypt, Frame.CHUNK_FLOATS, length);
  }

  @Property(tries = 25)
  void soDoAnyRanksNodesLengthsAndBuckets(
      @ForAll @IntRange(max = 4) int log,
      @ForAll @IntRange(max = 15) int anyRanks,
      @ForAll @IntRange(max = 9000) int length,
      @ForAll @IntRange(min = 1, max = 9000) int bucket,
      @ForAll @IntRange(min = 1, max = 5000) int chunk)
      throws Exception {
    int ranks = 1 + anyRanks % (1 << log);
    Sum sum = Sum.of(1 << log, length);
    run(
        pairs(ranks),
        new VirtualNodes(1 << log, ranks),
        false,
        (mesh, pair) -> {
          for (Range range : Buckets.of(length, bucket).ranges()) {
            assertBucket(pair, mesh, sum, range, chunk);
          }
        });
  }

  static Stream<Arguments> ranksThatRound() {
    return IntStream.rangeClosed(1, 16)
        .boxed()
        .flatMap(
            ranks ->
                Stream.of(WireFormat.values())
                    .map(format -> Arguments.of(ranks, format, ranks % 3 == 2)));
  }

  /** With units of two nodes, up to 16 ranks share 32 nodes. */
  @ParameterizedTest(name = "{0} ranks, {1}, encrypted {2}")
  @MethodSource("ranksThatRound")
  void sumsThatAreRoundedInTheTreeAreTheSameForAnyNumberOfRanks(
      int ranks, WireFormat format, boolean encrypt) throws Exception {
    int length = 4999;
    int chunk = 699;
    int unit = 2;
    VirtualNodes nodes = new VirtualNodes(32, ranks, unit);
    float[][] gradients = TreeOracle.gradients(32, length, 1);
    StochasticRounding oracle = new StochasticRounding(7, 32, unit);
    oracle.step(3);
    float[] sum = TreeOracle.sum(gradients, 0, 32, oracle);
    float[] rounded = sum.clone();
    Bfloat16.nearest(rounded, 0, length);
    run(
        pairs(ranks),
        nodes,
        encrypt,
        (mesh, pair) -> {
          StochasticRounding rounding = new StochasticRounding(7, 32, unit);
          rounding.step(3);
          for (Range bucket : Buckets.of(length, 3000).ranges()) {
            Scratch scratch =
                new Scratch(pair.reduceScatter.scratch(nodes, bucket, mesh.rank(), chunk));
            List<float[]> partials =
                nodes.subtrees(mesh.rank()).stream()
                    .map(tree -> TreeOracle.sum(gradients, tree.first(), tree.size(), rounding))
                    .toList();
            List<Range> slices = pair.reduceScatter.slices(nodes, bucket);
            Range slice = slices.get(mesh.rank());
            float[] sliceSum = new float[slice.length()];
            pair.reduceScatter
                .prepare(mesh, nodes, bucket, rounding, scratch, format, chunk)
                .run(partials, sliceSum);
            assertArrayEquals(
                Arrays.copyOfRange(sum, slice.from(), slice.to()), sliceSum, pair::toString);
            float[] gathered = new float[length];
            System.arraycopy(rounded, slice.from(), gathered, slice.from(), slice.length());
            pair.allGather.prepare(mesh, slices, format, chunk).run(gathered);
            assertArrayEquals(
                Arrays.copyOfRange(rounded, bucket.from(), bucket.to()),
                Arrays.copyOfRange(gathered, bucket.from(), bucket.to()),
                pair::toString);
          }
        });
  }

  @Test
  void whoeverIsAPartnerHasAPartner() {
    for (int nodes = 1; nodes <= 128; nodes *= 2) {
      for (int ranks = 1; ranks <= nodes; ranks++) {
        VirtualNodes on = new VirtualNodes(nodes, ranks);
        for (Pair pair : pairs(ranks)) {
          for (int rank = 0; rank < ranks; rank++) {
            for (int partner : pair.partners(on, rank)) {
              assertEquals(
                  true, partner != rank && pair.partners(on, partner).contains(rank), pair + "");
            }
          }
        }
      }
    }
  }

  private interface Body {
    void run(Mesh mesh, Pair pair) throws Exception;
  }

  /** Runs each pair of algorithms, on connections between partners alone. */
  private static void run(List<Pair> pairs, VirtualNodes on, boolean encrypt, Body body)
      throws Exception {
    int ranks = on.ranks();
    for (Pair pair : pairs) {
      Ranks.Body<Void> rank =
          options -> {
            try (Mesh mesh = Mesh.open(options, pair.partners(on, options.rank()))) {
              body.run(mesh, pair);
            }
            return null;
          };
      if (ranks == 1) {
        rank.run(MeshOptions.singleRank());
      } else {
        Ranks.run(ranks, encrypt, rank);
      }
    }
  }

  /** The gradients of all nodes, and what they add up to. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Sum(float[][] gradients, float[] sum) {
    static Sum of(int nodes, int length) {
      float[][] gradients = TreeOracle.gradients(nodes, length, length);
      return new Sum(gradients, TreeOracle.sum(gradients, 0, nodes));
    }
  }

  private static void assertSteps(
      List<Pair> pairs, int ranks, int count, boolean encrypt, int chunk, int... lengths)
      throws Exception {
    List<Sum> sums = IntStream.of(lengths).mapToObj(length -> Sum.of(count, length)).toList();
    run(
        pairs,
        new VirtualNodes(count, ranks),
        encrypt,
        (mesh, pair) -> {
          for (Sum sum : sums) {
            assertBucket(pair, mesh, sum, new Range(0, sum.sum.length), chunk);
          }
          assertStatistics(pair, mesh, count, chunk);
        });
  }

  /** Adds and gathers one bucket, in several steps. */
  private static void assertBucket(Pair pair, Mesh mesh, Sum of, Range bucket, int chunk) {
    int rank = mesh.rank();
    float[] sum = of.sum;
    float[][] gradients = of.gradients;
    VirtualNodes nodes = new VirtualNodes(gradients.length, mesh.ranks());
    Scratch scratch = new Scratch(pair.reduceScatter.scratch(nodes, bucket, rank, chunk));
    ReduceScatter reduceScatter =
        pair.reduceScatter.prepare(
            mesh, nodes, bucket, Rounding.NONE, scratch, WireFormat.FLOAT32, chunk);
    List<Range> slices = pair.reduceScatter.slices(nodes, bucket);
    assertEquals(bucket.length(), Frames.floats(slices));
    AllGather allGather = pair.allGather.prepare(mesh, slices, WireFormat.FLOAT32, chunk);
    Range slice = slices.get(rank);
    for (int step = 0; step < 2; step++) {
      List<float[]> partials =
          nodes.subtrees(rank).stream()
              .map(tree -> TreeOracle.sum(gradients, tree.first(), tree.size()))
              .toList();
      float[] sliceSum = new float[slice.length()];
      reduceScatter.run(partials, sliceSum);
      float[] gathered = new float[sum.length];
      System.arraycopy(sum, 0, gathered, 0, bucket.from());
      System.arraycopy(sum, bucket.to(), gathered, bucket.to(), sum.length - bucket.to());
      System.arraycopy(sliceSum, 0, gathered, slice.from(), slice.length());
      allGather.run(gathered);
      assertArrayEquals(sum, gathered, () -> pair + ", rank " + rank + ", " + bucket);
    }
  }

  /** Gathers a few floats of each node, with gaps between the ranks. */
  private static void assertStatistics(Pair pair, Mesh mesh, int count, int chunk) {
    VirtualNodes nodes = new VirtualNodes(count, mesh.ranks());
    List<Range> ranges =
        IntStream.range(0, mesh.ranks())
            .mapToObj(nodes::block)
            .map(block -> new Range(3 * block.from() + block.from() % 2, 3 * block.to()))
            .toList();
    float[] all = new float[3 * count];
    float[] own = new float[3 * count];
    for (int rank = 0; rank < mesh.ranks(); rank++) {
      for (int i = ranges.get(rank).from(); i < ranges.get(rank).to(); i++) {
        all[i] = i + 1;
        own[i] = rank == mesh.rank() ? i + 1 : 0;
      }
    }
    pair.allGather.prepare(mesh, ranges, WireFormat.FLOAT32, chunk).run(own);
    assertArrayEquals(all, own, pair::toString);
  }
}
