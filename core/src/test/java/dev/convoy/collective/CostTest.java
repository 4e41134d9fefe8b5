package dev.convoy.collective;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages and bytes of the collective's algorithms. */
class CostTest {
  private static final Range BUCKET = new Range(0, 360 << 10);
  private static final double BYTES = BUCKET.length() * 4.0;

  private static CollectivePlan plan(int nodes, int ranks) {
    return new CollectivePlan(new VirtualNodes(nodes, ranks), Buckets.single(BUCKET.length()));
  }

  private static Cost reduceScatter(int nodes, int ranks) {
    return plan(nodes, ranks).reduceScatterCost(0);
  }

  private static Cost allGather(int nodes, int ranks) {
    return plan(nodes, ranks).allGatherCost(0);
  }

  @Test
  void aSingleRankExchangesNothing() {
    assertEquals(new Cost(0, 0), reduceScatter(8, 1));
    assertEquals(new Cost(0, 0), allGather(8, 1));
  }

  @Test
  void powersOfTwoHalveAndDouble() {
    assertEquals(new Cost(1, BYTES / 2), reduceScatter(8, 2));
    assertEquals(new Cost(3, BYTES * 7 / 8), reduceScatter(64, 8));
    assertEquals(new Cost(3, BYTES * 7 / 8), allGather(8, 8));
    assertEquals(10, reduceScatter(1024, 1024).messages());
  }

  /** Three ranks share eight nodes: [0..1] [2], [3] [4..5] and [6..7]. */
  @Test
  void fewRanksSendEverySubtreeToTheOwnerOfASlice() {
    assertEquals(new Cost(1, 2 * BYTES * 2 / 3), reduceScatter(8, 3));
    assertEquals(new Cost(1, BYTES * 2 / 3), allGather(8, 3));
  }

  @Test
  void manyRanksFoldFirst() {
    assertEquals(4, reduceScatter(64, 12).messages());
    assertEquals(4, allGather(64, 12).messages());
  }

  /** What the busiest rank sends or receives, and headers, of which there are few. */
  @ParameterizedTest
  @CsvSource({"2, 8", "3, 8", "4, 8", "5, 16", "6, 8", "8, 8", "9, 64", "12, 64", "15, 16"})
  void theCollectiveMovesAsManyBytes(int ranks, int nodes) throws Exception {
    List<double[]> moved =
        LoopbackRanks.run(
            ranks,
            Buckets.single(BUCKET.length()),
            nodes,
            collective -> {
              float[] vector = new float[BUCKET.length()];
              int own = collective.virtualNodes().subtrees(collective.rank()).size();
              List<float[]> partials =
                  Stream.generate(vector::clone).limit(own).collect(Collectors.toList());
              collective.reduceScatter(0, partials, vector.clone());
              double summed = busiest(collective, 0, 0);
              long sent = collective.bytesSent();
              long received = collective.bytesReceived();
              collective.allGather(0, vector);
              return new double[] {summed, busiest(collective, sent, received)};
            });
    double reduced = moved.stream().mapToDouble(bytes -> bytes[0]).max().orElseThrow();
    double gathered = moved.stream().mapToDouble(bytes -> bytes[1]).max().orElseThrow();
    assertEquals(reduceScatter(nodes, ranks).bytes(), reduced, 0.1 * reduced);
    assertEquals(allGather(nodes, ranks).bytes(), gathered, 0.1 * gathered);
  }

  private static double busiest(Collective collective, long sent, long received) {
    return Math.max(collective.bytesSent() - sent, collective.bytesReceived() - received);
  }
}
