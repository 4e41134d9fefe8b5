package dev.convoy.spark.it.chaos;

import java.io.IOException;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** SIGSTOP of an executor, and SIGCONT some seconds later if it is still there. */
final class StoppedExecutor implements Fault {
  @Override
  public String name() {
    return "executor stopped";
  }

  @Override
  public boolean endsAttempt() {
    return false;
  }

  @Override
  public Injury provoke(Scene scene, RandomGenerator random)
      throws IOException, InterruptedException {
    ChaosCluster.Executor executor = Victims.any(scene, random);
    Duration lasts = Duration.ofMillis(random.nextInt(1000, 8000));
    long pid = executor.process().pid();
    Programs.succeeds("kill -STOP " + pid);
    return new Injury(
        "that of worker " + executor.worker() + " for " + lasts.toMillis() + " ms",
        lasts,
        () -> Programs.succeeds("kill -CONT " + pid));
  }
}
