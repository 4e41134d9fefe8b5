package dev.convoy.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.nn.Network;
import dev.convoy.testing.Compare;
import dev.convoy.testing.Floats;
import dev.convoy.zoo.Zoo;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What holds for every optimizer on the list. */
class OptimizersTest {
  private static final Optimizers.Settings SETTINGS =
      new Optimizers.Settings(0.9, 1e-3, false, 0.01);
  private static final int LENGTH = 9 * Optimizer.BLOCK + 48;

  private static final List<ParameterRange> PARTS =
      List.of(
          new ParameterRange(0, 1040, ParameterRange.Kind.WEIGHT),
          new ParameterRange(1040, 1056, ParameterRange.Kind.VECTOR),
          new ParameterRange(1056, 1072, ParameterRange.Kind.STATISTIC),
          new ParameterRange(1072, 4096, ParameterRange.Kind.WEIGHT),
          new ParameterRange(4096, 5200, ParameterRange.Kind.STATISTIC),
          new ParameterRange(5200, 6400, ParameterRange.Kind.FROZEN),
          new ParameterRange(6400, LENGTH - 16, ParameterRange.Kind.WEIGHT),
          new ParameterRange(LENGTH - 16, LENGTH, ParameterRange.Kind.VECTOR));

  /** Three steps by executors that each own a shard and have two threads. */
  private static float[] train(String name, int executors) {
    float[] weights = Floats.random(1, LENGTH);
    int[] cuts = new int[2 * executors + 1];
    for (int i = 0; i < cuts.length; i++) {
      int blocks = LENGTH / Optimizer.BLOCK + 1;
      cuts[i] = Math.min(blocks * i / (2 * executors) * Optimizer.BLOCK, LENGTH);
    }
    Optimizer[] optimizers = new Optimizer[executors];
    float[][] momentum = new float[executors][];
    for (int e = 0; e < executors; e++) {
      optimizers[e] = Optimizers.of(name, SETTINGS, PARTS);
      momentum[e] = new float[cuts[2 * e + 2] - cuts[2 * e]];
    }
    for (int step = 0; step < 3; step++) {
      float[] gradient = Floats.random(100 + step, LENGTH);
      float[] sums = new float[optimizers[0].sumsBefore(LENGTH)];
      OptimizerShard[] slices = new OptimizerShard[executors];
      for (int e = 0; e < executors; e++) {
        float[] own = Arrays.copyOfRange(gradient, cuts[2 * e], cuts[2 * e + 2]);
        float[] ownWeights = Arrays.copyOfRange(weights, cuts[2 * e], cuts[2 * e + 2]);
        slices[e] = new OptimizerShard(cuts[2 * e], ownWeights, own, 0.25f, momentum[e]);
        float[] ownSums = new float[sums.length];
        optimizers[e].sum(slices[e], cuts[2 * e], cuts[2 * e + 1], ownSums);
        optimizers[e].sum(slices[e], cuts[2 * e + 1], cuts[2 * e + 2], ownSums);
        int from = optimizers[e].sumsBefore(cuts[2 * e]);
        int to = optimizers[e].sumsBefore(cuts[2 * e + 2]);
        System.arraycopy(ownSums, from, sums, from, to - from);
      }
      for (int e = 0; e < executors; e++) {
        optimizers[e].prepare(sums);
        optimizers[e].update(slices[e], cuts[2 * e], cuts[2 * e + 1], 0.1f);
        optimizers[e].update(slices[e], cuts[2 * e + 1], cuts[2 * e + 2], 0.1f);
        float[] updated = slices[e].weights();
        System.arraycopy(updated, 0, weights, cuts[2 * e], updated.length);
      }
    }
    return weights;
  }

  @Property(tries = 20)
  void anyNumberOfExecutorsGivesTheSameBits(@ForAll @IntRange(min = 2, max = 11) int executors) {
    for (String name : Optimizers.names()) {
      Compare.sameBits(name, train(name, 1), train(name, executors));
    }
  }

  @Test
  void statisticsAreRunningMeansForEveryOptimizer() {
    for (String name : Optimizers.names()) {
      float[] weights = train(name, 1);
      double[] expected = Floats.toDouble(Floats.random(1, LENGTH));
      for (int step = 0; step < 3; step++) {
        float[] sum = Floats.random(100 + step, LENGTH);
        for (int i = 0; i < LENGTH; i++) {
          expected[i] = 0.9 * expected[i] + 0.1 * sum[i] / 4;
        }
      }
      for (ParameterRange range : PARTS) {
        boolean statistic = range.kind() == ParameterRange.Kind.STATISTIC;
        for (int i = range.from(); i < range.to(); i++) {
          assertEquals(
              statistic, Math.abs(expected[i] - weights[i]) < 1e-6, name + ", element " + i);
        }
      }
    }
  }

  @Test
  void whatIsFrozenStays() {
    float[] first = Floats.random(1, LENGTH);
    for (String name : Optimizers.names()) {
      float[] weights = train(name, 1);
      for (int i = 0; i < LENGTH; i++) {
        assertEquals(i >= 5200 && i < 6400, first[i] == weights[i], name + ", element " + i);
      }
    }
  }

  /** Without a gradient, decay alone moves a weight. */
  @Test
  void vectorsDecayOnlyIfTheyAreTold() {
    for (String name : Optimizers.names()) {
      for (boolean decays : new boolean[] {false, true}) {
        Optimizer optimizer =
            Optimizers.of(name, new Optimizers.Settings(0, 0.1, decays, 1), PARTS);
        float[] weights = Floats.random(1, LENGTH);
        float[] first = weights.clone();
        OptimizerShard shard = OptimizerShard.whole(weights, new float[LENGTH], new float[LENGTH]);
        float[] sums = new float[optimizer.sumsBefore(LENGTH)];
        optimizer.sum(shard, 0, LENGTH, sums);
        optimizer.prepare(sums);
        optimizer.update(shard, 0, LENGTH, 0.5f);
        assertEquals(first[0] * 0.95f, weights[0], 1e-6f, name);
        assertEquals(first[1040] * (decays ? 0.95f : 1f), weights[1040], 1e-6f, name);
      }
    }
  }

  @Test
  void layersAreFrozenByNameOrByWhatIsBeforeADot() {
    Network network = Zoo.named("cifar-resnet20").classes(10).build();
    List<ParameterRange> ranges = ParameterRange.of(network, List.of("conv1", "layer1"));
    for (int i = 0; i < ranges.size(); i++) {
      var parameter = network.parameters().get(i);
      boolean frozen = parameter.name().matches("(conv1|layer1)\\..*") && !parameter.statistic();
      assertEquals(frozen, ranges.get(i).kind() == ParameterRange.Kind.FROZEN, parameter.name());
    }
    assertEquals(
        "lenet5-modern has no layer conv that could be frozen; layers with parameters are"
            + " conv1, conv2, fc1, fc2, fc3",
        freezing("conv"));
    assertEquals(
        "all layers of lenet5-modern are frozen, and nothing is left to be trained",
        freezing("conv1", "conv2", "fc1", "fc2", "fc3"));
  }

  private static String freezing(String... layers) {
    Network network = Zoo.named("lenet5-modern").classes(10).build();
    return assertThrows(
            IllegalArgumentException.class, () -> ParameterRange.of(network, List.of(layers)))
        .getMessage();
  }

  /** The padding of the flat vector. */
  @Test
  void zerosWithoutGradientStayZero() {
    for (String name : Optimizers.names()) {
      Optimizer optimizer = Optimizers.of(name, SETTINGS, PARTS);
      float[] weights = Floats.random(1, LENGTH);
      float[] gradient = Floats.random(2, LENGTH);
      for (int i = 0; i < LENGTH; i += 7) {
        weights[i] = 0f;
        gradient[i] = 0f;
      }
      OptimizerShard shard = OptimizerShard.whole(weights, gradient, new float[LENGTH]);
      float[] sums = new float[optimizer.sumsBefore(LENGTH)];
      optimizer.sum(shard, 0, LENGTH, sums);
      optimizer.prepare(sums);
      optimizer.update(shard, 0, LENGTH, 0.1f);
      for (int i = 0; i < LENGTH; i += 7) {
        assertEquals(0f, weights[i], name);
      }
    }
  }

  @Test
  void thePartsOfANetworkAreItsParameters() {
    Network network = Zoo.named("lenet5-modern").classes(10).build();
    List<ParameterRange> ranges = ParameterRange.of(network);
    int next = 0;
    for (int i = 0; i < ranges.size(); i++) {
      assertEquals(next, ranges.get(i).from());
      boolean bias = network.parameters().get(i).name().endsWith(".bias");
      assertEquals(
          bias ? ParameterRange.Kind.VECTOR : ParameterRange.Kind.WEIGHT, ranges.get(i).kind());
      next = ranges.get(i).to();
    }
    assertEquals(network.vectorLength(), next);
  }

  @Test
  void everyNameGivesTheOptimizerOfThatName() {
    for (String name : Optimizers.names()) {
      assertEquals(name, Optimizers.of(name, SETTINGS, PARTS).name());
    }
    var refusal =
        assertThrows(IllegalArgumentException.class, () -> Optimizers.of("adam", SETTINGS, PARTS));
    assertEquals(
        "the optimizer adam is unknown; allowed are " + String.join(", ", Optimizers.names()),
        refusal.getMessage());
  }
}
