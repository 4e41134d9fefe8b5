package dev.convoy.spark.it.chaos;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** SIGKILL of the driver, and {@code --resume}. */
final class KilledDriver implements Fault {
  @Override
  public String name() {
    return "driver killed";
  }

  @Override
  public boolean endsAttempt() {
    return true;
  }

  @Override
  public Injury provoke(Scene scene, RandomGenerator random) throws InterruptedException {
    scene.training().killDriver();
    return new Injury("the driver", Duration.ZERO, scene.training()::resume);
  }
}
