package dev.convoy.spark.it.chaos;

import java.io.IOException;
import java.util.random.RandomGenerator;

/** SIGKILL of an executor. */
final class KilledExecutor implements Fault {
  @Override
  public String name() {
    return "executor killed";
  }

  @Override
  public boolean endsAttempt() {
    return true;
  }

  @Override
  public Injury provoke(Scene scene, RandomGenerator random) throws IOException {
    ChaosCluster.Executor executor = Victims.any(scene, random);
    executor.process().destroyForcibly();
    return Injury.of("that of worker " + executor.worker());
  }
}
