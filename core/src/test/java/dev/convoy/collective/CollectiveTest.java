package dev.convoy.collective;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.collective.transport.Frame;
import dev.convoy.collective.transport.MeshOptions;
import dev.convoy.collective.transport.WireFormat;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CollectiveTest {
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

  /** A plan's format is that of its buckets; other vectors are gathered bit for bit. */
  @Test
  void gathersOfWholeVectorsAndOfRangesAreExact() throws Exception {
    float exact = 1 + 0x1p-23f;
    int length = 3 * Slices.ALIGNMENT;
    CollectivePlan plan =
        new CollectivePlan(new VirtualNodes(4, 3), Buckets.of(length, 2000), WireFormat.BFLOAT16);
    LoopbackRanks.run(
        3,
        options -> Collective.open(options, plan, Rounding.NONE),
        collective -> {
          float[] vector = new float[length];
          collective
              .owned(collective.rank())
              .forEach(slice -> Arrays.fill(vector, slice.from(), slice.to(), exact));
          collective.allGather(vector);
          float[] expected = new float[length];
          Arrays.fill(expected, exact);
          assertArrayEquals(expected, vector);
          float[] statistics = new float[3];
          statistics[collective.rank()] = exact;
          collective.allGather(statistics, collective.equalRanges(1));
          assertArrayEquals(new float[] {exact, exact, exact}, statistics);
          return null;
        });
  }

  @ParameterizedTest(name = "{0} ranks, {1}")
  @CsvSource({
    "2, FLOAT32",
    "3, FLOAT32",
    "4, FLOAT32",
    "17, FLOAT32",
    "2, BFLOAT16",
    "3, BFLOAT16"
  })
  void aPlainStepLeavesNoGarbage(int ranks, WireFormat format) throws Exception {
    int steps = 100;
    CollectivePlan plan =
        new CollectivePlan(new VirtualNodes(32, ranks), Buckets.of(5000, 3000), format);
    List<Long> allocated =
        LoopbackRanks.run(
            ranks,
            options -> Collective.open(options, plan, Rounding.NONE),
            collective -> {
              int subtrees = collective.virtualNodes().subtrees(collective.rank()).size();
              List<float[]> partials =
                  Stream.generate(() -> new float[5000]).limit(subtrees).toList();
              float[] slice = new float[5000];
              float[] weights = new float[5000];
              float[] statistics = new float[ranks];
              List<Range> each =
                  IntStream.range(0, ranks).mapToObj(r -> new Range(r, r + 1)).toList();
              long before = 0;
              for (int step = 0; step < 2 * steps; step++) {
                if (step == steps) {
                  before = allocatedBytes();
                }
                collective.reduceScatter(1, partials, slice);
                collective.reduceScatter(0, partials, slice);
                collective.allGather(0, weights);
                collective.allGather(1, weights);
                collective.allGather(weights);
                collective.allGather(statistics, each);
              }
              return allocatedBytes() - before;
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
          "the ranges of an all-gather lie in 0 to 20; that of rank 0 is 0 to 21",
          wrong(() -> alone.allGather(new float[20], List.of(new Range(0, 21)))));
    }
  }

  @Test
  void rangesThatOverlapAreRefused() throws Exception {
    List<String> messages =
        Ranks.run(
            2,
            false,
            options -> {
              try (Collective collective = Collective.open(options, 20, 2)) {
                return wrong(
                    () ->
                        collective.allGather(
                            new float[20], List.of(new Range(4, 9), new Range(0, 5))));
              }
            });
    assertEquals(
        "the ranges of an all-gather stay apart, but two of them have element 4", messages.get(0));
  }

  private static String wrong(Runnable call) {
    return assertThrows(IllegalArgumentException.class, call::run).getMessage();
  }
}
