package dev.convoy.spark.it.chaos;

import java.io.IOException;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** A host whose link has a hundredth of its rate for some seconds. */
final class SlowLink implements Fault {
  @Override
  public String name() {
    return "link slow";
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
    Duration lasts = Duration.ofMillis(random.nextInt(1000, 5000));
    network.slowDown(worker);
    return new Injury(
        "that of worker " + worker + " for " + lasts.toMillis() + " ms",
        lasts,
        () -> network.mend(worker));
  }
}
