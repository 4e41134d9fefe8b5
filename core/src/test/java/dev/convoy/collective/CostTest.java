package dev.convoy.collective;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.collective.transport.WireFormat;
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
    return plan(nodes, ranks, WireFormat.FLOAT32);
  }

  private static CollectivePlan plan(int nodes, int ranks, WireFormat format) {
    return new CollectivePlan(
        new VirtualNodes(nodes, ranks), Buckets.single(BUCKET.length()), format);
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

  @Test
  void bfloat16TakesHalfTheBytes() {
    for (int ranks : new int[] {2, 3, 5, 8, 12}) {
      CollectivePlan plan = plan(64, ranks);
      CollectivePlan half = plan(64, ranks, WireFormat.BFLOAT16);
      assertEquals(plan.reduceScatterCost(0).messages(), half.reduceScatterCost(0).messages());
      assertEquals(plan.reduceScatterCost(0).bytes() / 2, half.reduceScatterCost(0).bytes());
      assertEquals(plan.allGatherCost(0).messages(), half.allGatherCost(0).messages());
      assertEquals(plan.allGatherCost(0).bytes() / 2, half.allGatherCost(0).bytes());
    }
  }

  /** What the busiest rank sends or receives, and headers, of which there are few. */
  @ParameterizedTest
  @CsvSource({
    "2, 8, FLOAT32",
    "3, 8, FLOAT32",
    "4, 8, FLOAT32",
    "5, 16, FLOAT32",
    "6, 8, FLOAT32",
    "8, 8, FLOAT32",
    "9, 64, FLOAT32",
    "12, 64, FLOAT32",
    "15, 16, FLOAT32",
    "2, 8, BFLOAT16",
    "3, 8, BFLOAT16",
    "8, 8, BFLOAT16",
    "12, 64, BFLOAT16"
  })
  void theCollectiveMovesAsManyBytes(int ranks, int nodes, WireFormat format) throws Exception {
    CollectivePlan plan = plan(nodes, ranks, format);
    List<double[]> moved =
        LoopbackRanks.run(
            ranks,
            options -> Collective.open(options, plan, Rounding.NONE),
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
    assertEquals(plan.reduceScatterCost(0).bytes(), reduced, 0.1 * reduced);
    assertEquals(plan.allGatherCost(0).bytes(), gathered, 0.1 * gathered);
  }

  private static double busiest(Collective collective, long sent, long received) {
    return Math.max(collective.bytesSent() - sent, collective.bytesReceived() - received);
  }
}
