package dev.convoy.spark.it.chaos;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** SIGKILL of a worker, which is started again a second later; its executor ends with it. */
final class KilledWorker implements Fault {
  @Override
  public String name() {
    return "worker killed";
  }

  @Override
  public boolean endsAttempt() {
    return true;
  }

  @Override
  public Injury provoke(Scene scene, RandomGenerator random) {
    ChaosCluster cluster = scene.cluster();
    int worker = random.nextInt(cluster.workers());
    cluster.killWorker(worker);
    return new Injury(
        "worker " + worker, Duration.ofSeconds(1), () -> cluster.restartWorker(worker));
  }
}
