package dev.convoy.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.testing.Compare;
import dev.convoy.testing.Floats;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Layer-wise adaptive rate scaling. */
class LarsTest {
  private static final List<ParameterRange> PARTS =
      List.of(
          new ParameterRange(0, 48, ParameterRange.Kind.WEIGHT),
          new ParameterRange(48, 64, ParameterRange.Kind.VECTOR),
          new ParameterRange(64, 5008, ParameterRange.Kind.WEIGHT));

  private static final int LENGTH = 5008;

  private static void step(Lars lars, OptimizerShard shard, float rate) {
    float[] sums = new float[lars.sumsBefore(LENGTH)];
    lars.sum(shard, 0, LENGTH, sums);
    lars.prepare(sums);
    lars.update(shard, 0, LENGTH, rate);
  }

  /** Algorithm 1 of the paper, written anew. */
  @Test
  void followsThePapersAlgorithmInDoublePrecision() {
    Lars lars = new Lars(0.9f, 1e-2f, 1e-2f, 0.001f, PARTS);
    float[] weights = Floats.random(1, LENGTH);
    float[] velocity = new float[LENGTH];
    double[] expected = Floats.toDouble(weights);
    double[] v = new double[LENGTH];
    for (int step = 0; step < 10; step++) {
      float[] sum = Floats.random(100 + step, LENGTH);
      step(lars, new OptimizerShard(0, weights, sum, 0.125f, velocity), 4f);
      for (ParameterRange range : PARTS) {
        double w2 = 0;
        double g2 = 0;
        for (int i = range.from(); i < range.to(); i++) {
          w2 += expected[i] * expected[i];
          g2 += sum[i] / 8.0 * (sum[i] / 8.0);
        }
        double norm = Math.sqrt(w2);
        double lambda = 0.001 * norm / (Math.sqrt(g2) + 0.01 * norm);
        double local = range.kind() == ParameterRange.Kind.WEIGHT ? 4 * lambda : 4;
        for (int i = range.from(); i < range.to(); i++) {
          v[i] = 0.9 * v[i] + local * (sum[i] / 8.0 + 0.01 * expected[i]);
          expected[i] -= v[i];
        }
      }
    }
    Compare.close("weights", expected, weights, 1e-6);
    Compare.close("velocity", v, velocity, 1e-6);
  }

  /**
   * What the trust coefficient means, for a first step without decay: |change| = rate * trust *
   * |w|.
   */
  @Test
  void aStepIsAShareOfTheWeightsHoweverLargeTheGradientIs() {
    for (float size : new float[] {1e-6f, 1f, 1e6f}) {
      float[] weights = Floats.random(1, LENGTH);
      float[] before = weights.clone();
      OptimizerShard shard =
          new OptimizerShard(0, weights, Floats.random(2, LENGTH), size, new float[LENGTH]);
      step(new Lars(0.9f, 0f, 0f, 0.001f, PARTS), shard, 10f);
      double change = 0;
      double norm = 0;
      for (int i = 64; i < LENGTH; i++) {
        change += Math.pow((double) weights[i] - before[i], 2);
        norm += before[i] * before[i];
      }
      assertEquals(0.01, Math.sqrt(change / norm), 1e-6);
    }
  }

  @Test
  void aParameterThatIsZeroMovesAtTheFullRate() {
    float[] weights = new float[LENGTH];
    float[] gradient = Floats.random(2, LENGTH);
    step(
        new Lars(0.9f, 0.1f, 0.1f, 0.001f, PARTS),
        OptimizerShard.whole(weights, gradient, new float[LENGTH]),
        0.5f);
    assertEquals(-0.5f * gradient[100], weights[100]);
    float[] still = Floats.random(1, LENGTH);
    float[] before = still.clone();
    step(
        new Lars(0.9f, 0f, 0f, 0.001f, PARTS),
        OptimizerShard.whole(still, new float[LENGTH], new float[LENGTH]),
        0.5f);
    Compare.sameBits("weights without gradient", before, still);
  }

  /** Blocks begin at multiples of 1024 and with each parameter. */
  @Test
  void thereAreTwoSumsForEachBlock() {
    Lars lars = new Lars(0.9f, 0f, 0f, 0.001f, PARTS);
    assertEquals(0, lars.sumsBefore(0));
    assertEquals(2 * 3, lars.sumsBefore(1024));
    assertEquals(2 * 4, lars.sumsBefore(2048));
    assertEquals(2 * 7, lars.sumsBefore(LENGTH));
  }

  @Test
  void anUpdateWithoutPreparationIsRefused() {
    Lars lars = new Lars(0.9f, 0f, 0f, 0.001f, PARTS);
    OptimizerShard all =
        OptimizerShard.whole(Floats.random(1, LENGTH), Floats.random(2, LENGTH), new float[LENGTH]);
    String sentence =
        "lars needs the norms of all layers: call sum and prepare before the updates of each step";
    assertEquals(
        sentence,
        assertThrows(IllegalStateException.class, () -> lars.update(all, 0, LENGTH, 1f))
            .getMessage());
    step(lars, all, 1f);
    assertEquals(
        sentence,
        assertThrows(IllegalStateException.class, () -> lars.update(all, 0, LENGTH, 1f))
            .getMessage());
  }

  @Test
  void onePreparationServesTheUpdatesOfAllThreads() {
    Lars lars = new Lars(0.9f, 0f, 0f, 0.001f, PARTS);
    OptimizerShard all =
        OptimizerShard.whole(Floats.random(1, LENGTH), Floats.random(2, LENGTH), new float[LENGTH]);
    for (int step = 0; step < 3; step++) {
      float[] sums = new float[lars.sumsBefore(LENGTH)];
      lars.sum(all, 0, LENGTH, sums);
      lars.prepare(sums);
      lars.update(all, 0, 1024, 1f);
      lars.update(all, 1024, LENGTH, 1f);
      lars.update(all, LENGTH, LENGTH, 1f);
    }
  }
}
