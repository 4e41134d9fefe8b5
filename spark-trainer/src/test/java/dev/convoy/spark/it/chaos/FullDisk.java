package dev.convoy.spark.it.chaos;

import java.io.IOException;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * No room in the folder of the output for some seconds. Convoy may end by it, with a sentence; then
 * somebody makes room, and {@code --resume} goes on.
 */
final class FullDisk implements Fault {
  @Override
  public String name() {
    return "disk full";
  }

  @Override
  public boolean endsAttempt() {
    return false;
  }

  @Override
  public boolean mayEndDriver() {
    return true;
  }

  @Override
  public Injury provoke(Scene scene, RandomGenerator random) throws IOException {
    SmallDisk disk = scene.disk().orElseThrow();
    Duration lasts = Duration.ofMillis(random.nextInt(500, 4000));
    disk.fill();
    return new Injury("the output's for " + lasts.toMillis() + " ms", lasts, disk::free);
  }
}
