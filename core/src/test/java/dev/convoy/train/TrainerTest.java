package dev.convoy.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.nn.Network;
import dev.convoy.optim.Sgd;
import dev.convoy.random.CounterRandom;
import dev.convoy.random.RandomStream;
import dev.convoy.zoo.Zoo;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
  private static final Network LENET = Zoo.named("lenet5-modern").build();

  @Test
  void itLearnsTheBatchItSees() {
    Batch batch = batch(32, 1);
    try (Trainer trainer = trainer().batchSize(32).build()) {
      Score first = trainer.step(batch, 0.1f);
      for (int step = 1; step < 60; step++) {
        trainer.step(batch, 0.1f);
      }
      Score last = trainer.evaluate(batch);
      assertTrue(last.loss() < first.loss() / 2, first + " to " + last);
      assertEquals(32, last.images());
      assertEquals(60, trainer.steps());
    }
  }

  @Test
  void threadsAndRoundsChangeNoBit() {
    String expected = trained(trainer().threads(1));
    assertEquals(expected, trained(trainer().threads(3)));
    assertEquals(expected, trained(trainer().threads(2).accumulate(4)));
  }

  @Test
  void theSeedAndTheVirtualNodesArePartOfTheResult() {
    String expected = trained(trainer());
    assertTrue(!expected.equals(trained(trainer().seed(2))));
    assertTrue(!expected.equals(trained(trainer().virtualNodes(4))));
  }

  @Test
  void weightsAreSavedAndReadAgain(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("lenet5.safetensors");
    Batch batch = batch(32, 1);
    try (Trainer trainer = trainer().batchSize(32).build()) {
      trainer.step(batch, 0.01f);
      trainer.weights().save(file);
      Weights read = Weights.load(LENET, file);
      assertEquals(trainer.weights().sha256(), read.sha256());
      try (Trainer again = trainer().batchSize(32).weights(read).build()) {
        assertEquals(trainer.evaluate(batch), again.evaluate(batch));
      }
    }
  }

  @Test
  void aTrainerThatDoesNotFitLeavesNoThread() throws Exception {
    Set<Thread> others = workers(Set.of());
    TrainerBuilder tooLarge = trainer().batchSize(1 << 28).virtualNodes(1).threads(3);
    assertThrows(Throwable.class, tooLarge::build);
    long deadline = System.nanoTime() + 10_000_000_000L;
    while (!workers(others).isEmpty() && System.nanoTime() < deadline) {
      Thread.sleep(10);
    }
    assertEquals(Set.of(), workers(others));
  }

  private static Set<Thread> workers(Set<Thread> others) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("convoy-worker-"))
        .filter(thread -> !others.contains(thread))
        .collect(Collectors.toSet());
  }

  @Test
  void localStepsAreAveraged() {
    try (Trainer trainer = trainer().batchSize(32).averaging(2, 4).build()) {
      Batch batch = batch(32, 1);
      trainer.step(batch, 0.01f);
      assertEquals(
          "between two averages every virtual node has weights of its own; the next average comes"
              + " after a multiple of 2 steps",
          assertThrows(IllegalStateException.class, trainer::weights).getMessage());
      assertThrows(IllegalStateException.class, () -> trainer.evaluate(batch));
      trainer.step(batch, 0.01f);
      assertTrue(!trainer.weights().sha256().equals(Weights.initial(LENET, 1).sha256()));
    }
  }

  @Test
  void misuseIsRefusedInASentence() {
    refused("batchSize is missing: set how many images a step trains on", () -> trainer().build());
    refused(
        "a batch of 30 images cannot be cut into 8 equal microbatches, one for each virtual node;"
            + " set batchSize to a multiple of 8 or set fewer virtualNodes",
        () -> trainer().batchSize(30).build());
    refused(
        "virtualNodes = 3: expected a power of two (1, 2, 4, 8, …)",
        () -> trainer().batchSize(30).virtualNodes(3).build());
    try (Trainer trainer = trainer().batchSize(32).build()) {
      refused(
          "a batch has 16 images, but this trainer was built for batches of 32 (batchSize)",
          () -> trainer.step(batch(16, 1), 0.01f));
      Batch wrong = batch(32, 1);
      wrong.labels()[3] = 10;
      refused(
          "the label of image 3 is 10; lenet5-modern has the classes 0 to 9",
          () -> trainer.step(wrong, 0.01f));
      refused(
          "2 images of lenet5-modern need 2 x 32x32x1 = 2048 values, got 5",
          () -> trainer.evaluate(new Batch(new float[5], new int[2])));
    }
  }

  @Test
  void aClosedTrainerRefuses() {
    Trainer trainer = trainer().batchSize(32).build();
    trainer.close();
    assertEquals(
        "this trainer is closed",
        assertThrows(IllegalStateException.class, () -> trainer.step(batch(32, 1), 0.01f))
            .getMessage());
  }

  private static void refused(String sentence, Executable use) {
    assertEquals(sentence, assertThrows(IllegalArgumentException.class, use).getMessage());
  }

  private static String trained(TrainerBuilder builder) {
    try (Trainer trainer = builder.batchSize(32).build()) {
      for (int step = 0; step < 3; step++) {
        trainer.step(batch(32, step), 0.01f);
      }
      return trainer.weights().sha256();
    }
  }

  private static TrainerBuilder trainer() {
    return Trainer.of(LENET).optimizer(Sgd.of(0.9, 5e-4)).threads(2);
  }

  private static Batch batch(int images, long seed) {
    float[] pixels = new float[images * LENET.input().size()];
    int[] labels = new int[images];
    long key = CounterRandom.key(seed, RandomStream.SHUFFLE);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = CounterRandom.uniform(key, i) - 0.5f;
    }
    for (int i = 0; i < images; i++) {
      labels[i] = i % 10;
      // The class shows as a bright row.
      int row = (i * LENET.input().height() + 3 * labels[i]) * LENET.input().width();
      Arrays.fill(pixels, row, row + LENET.input().width(), 2f);
    }
    return new Batch(pixels, labels);
  }
}
