package dev.convoy.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.convoy.collective.Collective;
import dev.convoy.collective.LoopbackRanks;
import dev.convoy.collective.Range;
import dev.convoy.loss.Loss;
import dev.convoy.loss.Losses;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class VirtualNodeStatisticsTest {
  private static final int NODES = 8;
  private static final int ROUNDS = 3;
  private static final int IMAGES = 4;
  private static final int CLASSES = 10;

  private final Loss loss = Losses.of("softmax-cross-entropy", Losses.Settings.ofConstant(0));

  /** Logits that favour, for image i, class (i + node) mod 10. */
  private void record(VirtualNodeStatistics statistics, int node, int round, int images) {
    Tensor logits = Tensor.activations(IMAGES, Shape.vector(CLASSES));
    int[] labels = new int[IMAGES];
    for (int i = 0; i < IMAGES; i++) {
      labels[i] = (i + node + (round == 2 ? 1 : 0)) % CLASSES;
      for (int c = 0; c < CLASSES; c++) {
        logits.data()[i * logits.imageLength() + c] =
            -0.1f * ((c - i - node + 40) % CLASSES) * (node + 1);
      }
    }
    float mean = images == 0 ? 0 : loss.evaluate(images, logits, labels, null);
    statistics.record(node, round, mean, images, logits, labels);
  }

  private VirtualNodeStatistics recorded(Range nodes) {
    VirtualNodeStatistics statistics = new VirtualNodeStatistics(NODES, ROUNDS);
    for (int round = 0; round < ROUNDS; round++) {
      for (int node = nodes.from(); node < nodes.to(); node++) {
        record(statistics, node, round, IMAGES);
      }
    }
    return statistics;
  }

  @Test
  void imagesAndRightOnesAreCounted() {
    Score score = recorded(new Range(0, NODES)).total();
    assertEquals(NODES * ROUNDS * IMAGES, score.images());
    // In rounds 0 and 1 the favourite is right, in round 2 the second.
    assertEquals(2.0 / 3, score.top1(), 1e-12);
    assertEquals(1, score.top5(10));
    assertEquals(1, score.top5(6));
    // Among five classes every one is among the five best.
    assertEquals(Double.NaN, score.top5(5));
  }

  @Test
  void anEmptyMicrobatchCountsForNothing() {
    VirtualNodeStatistics statistics = new VirtualNodeStatistics(NODES, ROUNDS);
    record(statistics, 0, 0, 0);
    assertEquals(new Score(0, 0, 0, 0), statistics.total());
  }

  @Test
  void allRanksHaveTheSameScoreBitForBitHoweverManyThereAre() throws Exception {
    Score alone = recorded(new Range(0, NODES)).total();
    for (int ranks : new int[] {2, 3, 8}) {
      List<Score> scores =
          LoopbackRanks.run(
              ranks,
              100,
              NODES,
              (Collective collective) -> {
                VirtualNodeStatistics own =
                    recorded(collective.virtualNodes().block(collective.rank()));
                own.gather(collective);
                return own.total();
              });
      scores.forEach(score -> assertEquals(alone, score));
    }
  }

  @Test
  void entriesOfOthersCanBeTakenOver() {
    VirtualNodeStatistics whole = recorded(new Range(0, NODES));
    VirtualNodeStatistics low = recorded(new Range(0, 3));
    low.take(recorded(new Range(3, NODES)), 3, NODES);
    assertArrayEquals(whole.values(), low.values());
  }

  @Test
  void aLossThatIsNoNumberMakesTheScoreNotFinite() {
    VirtualNodeStatistics statistics = recorded(new Range(0, NODES));
    statistics.values()[5 * ROUNDS * 4] = Float.NaN;
    assertFalse(statistics.total().finite());
  }
}
