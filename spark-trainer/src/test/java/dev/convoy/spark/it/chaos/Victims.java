package dev.convoy.spark.it.chaos;

import java.io.IOException;
import java.util.List;
import java.util.random.RandomGenerator;

/** Chooses executors to harm. */
final class Victims {
  private Victims() {}

  /** Returns any that runs. */
  static ChaosCluster.Executor any(Scene scene, RandomGenerator random) throws IOException {
    List<ChaosCluster.Executor> running = scene.cluster().executors();
    if (running.isEmpty()) {
      throw new IOException("no executor runs");
    }
    // One number in any case, so that the seed means the same however many there are.
    return running.get(random.nextInt(1 << 16) % running.size());
  }
}
