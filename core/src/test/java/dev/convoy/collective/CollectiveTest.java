package dev.convoy.collective;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.collective.transport.Frame;
import dev.convoy.collective.transport.Mesh;
import dev.convoy.collective.transport.MeshOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CollectiveTest {
  private static final int[] LENGTHS = {0, 1, 1023, 1024, 1025, 5000};

  static Stream<Arguments> ranksAndNodes() {
    List<Arguments> all = new ArrayList<>();
    for (int nodes = 1; nodes <= 16; nodes *= 2) {
      for (int ranks = 1; ranks <= Math.min(8, nodes); ranks++) {
        all.add(Arguments.of(ranks, nodes, (ranks + nodes) % 2 == 0));
      }
    }
    return all.stream();
  }

  @ParameterizedTest(name = "{0} ranks, {1} virtual nodes, encrypted {2}")
  @MethodSource("ranksAndNodes")
  void everyNumberOfRanksGivesTheTreesBits(int ranks, int nodes, boolean encrypt) throws Exception {
    Ranks.run(
        ranks,
        encrypt,
        options -> {
          try (Mesh mesh = Mesh.open(options)) {
            for (int length : LENGTHS) {
              // Short chunks, so that short vectors cross them too.
              assertSteps(mesh, nodes, length, 300);
            }
          }
          return null;
        });
  }

  @ParameterizedTest(name = "{0} ranks, {1} virtual nodes, {2} floats, encrypted {3}")
  @CsvSource({
    "1, 4, 300000, false",
    "2, 2, 1100000, false",
    "2, 2, 1100000, true",
    "3, 8, 1000000, false",
    "3, 4, 1000000, true"
  })
  void longVectorsGoInManyChunks(int ranks, int nodes, int length, boolean encrypt)
      throws Exception {
    Ranks.run(
        ranks,
        encrypt,
        options -> {
          try (Mesh mesh = Mesh.open(options)) {
            assertSteps(mesh, nodes, length, Frame.CHUNK_FLOATS);
          }
          return null;
        });
  }

  private static void assertSteps(Mesh mesh, int count, int length, int chunk) throws Exception {
    VirtualNodes nodes = new VirtualNodes(count, mesh.ranks());
    Slices slices = new Slices(new Range(0, length), mesh.ranks());
    SubtreeSum buffers = new SubtreeSum(nodes.count(), chunk);
    ReduceScatter reduceScatter = new ReduceScatter(mesh, nodes, slices, buffers, chunk);
    AllGather allGather = new AllGather(mesh, chunk);
    Range slice = slices.slice(mesh.rank());
    Range block = nodes.block(mesh.rank());
    for (int step = 0; step < 3; step++) {
      float[][] gradients = TreeOracle.gradients(count, length, step);
      List<float[]> partials =
          nodes.subtrees(mesh.rank()).stream()
              .map(tree -> TreeOracle.sum(gradients, tree.first(), tree.size()))
              .toList();
      float[] sliceSum = new float[slice.length()];
      reduceScatter.run(partials, sliceSum);

      float[] sum = new float[length];
      System.arraycopy(sliceSum, 0, sum, slice.from(), slice.length());
      allGather.run(sum, slices.all());
      assertArrayEquals(TreeOracle.sum(gradients, 0, count), sum, "step " + step);

      float[] statistics = new float[count];
      for (int node = block.from(); node < block.to(); node++) {
        statistics[node] = 100 * step + node;
      }
      allGather.run(statistics, IntStream.range(0, mesh.ranks()).mapToObj(nodes::block).toList());
      for (int node = 0; node < count; node++) {
        assertEquals(100 * step + node, statistics[node]);
      }
    }
  }

  @Test
  void theFacadeCountsTheBytesOfAStep() throws Exception {
    int length = 2 * Slices.ALIGNMENT;
    List<Long> sent =
        Ranks.run(
            2,
            false,
            options -> {
              try (Collective collective = Collective.open(options, length, 4)) {
                float[] partial = new float[length];
                java.util.Arrays.fill(partial, 3 + 4 * collective.rank());
                float[] sliceSum = new float[collective.slice(0).length()];
                collective.reduceScatter(0, List.of(partial), sliceSum);
                float[] weights = new float[length];
                System.arraycopy(sliceSum, 0, weights, collective.slice(0).from(), sliceSum.length);
                collective.allGather(weights);
                for (float weight : weights) {
                  assertEquals(10, weight);
                }
                assertEquals(
                    4 * length + 2 * (Frame.HEADER_BYTES + Frame.CHECKSUM_BYTES),
                    collective.bytesReceived());
                return collective.bytesSent();
              }
            });
    assertEquals(List.of(8232L, 8232L), sent);
  }

  @Test
  void aPlainStepLeavesNoGarbage() throws Exception {
    int steps = 100;
    List<Long> allocated =
        Ranks.run(
            2,
            false,
            options -> {
              try (Collective collective = Collective.open(options, 5000, 2)) {
                List<float[]> partials = List.of(new float[5000]);
                float[] slice = new float[collective.slice(0).length()];
                float[] weights = new float[5000];
                long before = 0;
                for (int step = 0; step < 2 * steps; step++) {
                  if (step == steps) {
                    before = allocatedBytes();
                  }
                  collective.reduceScatter(0, partials, slice);
                  collective.allGather(weights);
                }
                return allocatedBytes() - before;
              }
            });
    for (long bytes : allocated) {
      assertTrue(bytes < 100L * steps, bytes + " bytes in " + steps + " steps");
    }
  }

  private static long allocatedBytes() {
    return ((com.sun.management.ThreadMXBean)
            java.lang.management.ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }

  @Test
  void refusesArraysOfTheWrongSizeBeforeAnythingIsSent() {
    try (Collective alone = Collective.open(MeshOptions.singleRank(), 20, 2)) {
      assertEquals(
          "this rank has 1 subtrees, got 0 partial sums",
          wrong(() -> alone.reduceScatter(0, List.of(), new float[20])));
      assertEquals(
          "a partial sum has at least 20 floats, got an array of 19",
          wrong(() -> alone.reduceScatter(0, List.of(new float[19]), new float[20])));
      assertEquals(
          "the sum's slice has at least 20 floats, got an array of 19",
          wrong(() -> alone.reduceScatter(0, List.of(new float[20]), new float[19])));
      assertEquals(
          "an all-gather over 1 ranks needs as many ranges, got 0",
          wrong(() -> alone.allGather(new float[20], List.of())));
      assertEquals(
          "the ranges of an all-gather ascend, stay apart and lie in 0 to 20; that of rank 0 is 0 to"
              + " 21",
          wrong(() -> alone.allGather(new float[20], List.of(new Range(0, 21)))));
    }
  }

  private static String wrong(Runnable call) {
    return assertThrows(IllegalArgumentException.class, call::run).getMessage();
  }
}
