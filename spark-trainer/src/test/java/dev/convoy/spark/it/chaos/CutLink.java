package dev.convoy.spark.it.chaos;

import java.io.IOException;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** A host that nothing reaches for some seconds. */
final class CutLink implements Fault {
  @Override
  public String name() {
    return "link cut";
  }

  @Override
  public boolean endsAttempt() {
    return false;
  }

  @Override
  public Injury provoke(Scene scene, RandomGenerator random)
      throws IOException, InterruptedException {
    HostNetwork network = scene.cluster().network();
    int worker = random.nextInt(scene.cluster().workers());
    Duration lasts = Duration.ofMillis(random.nextInt(1000, 8000));
    network.cut(worker);
    return new Injury(
        "that of worker " + worker + " for " + lasts.toMillis() + " ms",
        lasts,
        () -> network.mend(worker));
  }
}
