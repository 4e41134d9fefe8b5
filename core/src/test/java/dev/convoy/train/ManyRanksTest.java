package dev.convoy.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.convoy.collective.Buckets;
import dev.convoy.collective.Collective;
import dev.convoy.collective.LoopbackRanks;
import dev.convoy.nn.Network;
import dev.convoy.optim.Sgd;
import dev.convoy.random.CounterRandom;
import dev.convoy.random.RandomStream;
import dev.convoy.tensor.Tensor;
import dev.convoy.zoo.Zoo;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many ranks of one process train a network to the hash that a single rank ends with. */
class ManyRanksTest {
  private static final Network LENET = Zoo.named("lenet5-modern").build();
  private static final int STEPS = 3;

  @ParameterizedTest(name = "{0} ranks, {1} virtual nodes, buckets of {2}")
  @CsvSource({"16, 32, 100000", "17, 32, 20000"})
  void sixteenRanksEndWithTheHashOfOne(int ranks, int nodes, int bucket) throws Exception {
    assertOneHash(ranks, nodes, bucket);
  }

  @Tag("long")
  @ParameterizedTest(name = "{0} ranks, {1} virtual nodes, buckets of {2}")
  @CsvSource({"48, 64, 100000", "64, 64, 100000", "64, 128, 20000", "128, 128, 20000"})
  void soDoAHundredAndTwentyEight(int ranks, int nodes, int bucket) throws Exception {
    assertOneHash(ranks, nodes, bucket);
  }

  private static void assertOneHash(int ranks, int nodes, int bucket) throws Exception {
    Buckets buckets = Buckets.of(LENET.vectorLength(), bucket);
    List<String> alone = LoopbackRanks.run(1, buckets, nodes, ManyRanksTest::trained);
    assertNotEquals(Weights.initial(LENET, 1).sha256(), alone.get(0));
    List<String> hashes = LoopbackRanks.run(ranks, buckets, nodes, ManyRanksTest::trained);
    assertEquals(java.util.Collections.nCopies(ranks, alone.get(0)), hashes);
  }

  private static String trained(Collective collective) throws Exception {
    try (Trainer trainer =
        Trainer.of(LENET)
            .optimizer(Sgd.of(0.9, 5e-4))
            .threads(1)
            .batchSize(2 * collective.virtualNodes().count())
            .batches(ManyRanksTest::copy)
            .collective(collective)
            .build()) {
      for (int step = 0; step < STEPS; step++) {
        trainer.step(0.01f);
      }
      return trainer.weights().sha256();
    }
  }

  /** Two images of noise for every node and step. */
  private static void copy(
      long step, int node, Tensor images, int[] labels, long[] keys, int firstKey) {
    long key = CounterRandom.derive(CounterRandom.key(step, RandomStream.SHUFFLE), node);
    for (int image = 0; image < labels.length; image++) {
      labels[image] = CounterRandom.below(key, image, 10);
      keys[firstKey + image] = key + image;
    }
    int floats = labels.length * images.imageLength();
    for (int i = 0; i < floats; i++) {
      images.data()[images.at() + i] = CounterRandom.uniform(key, 100 + i);
    }
  }
}
