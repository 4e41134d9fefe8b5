package dev.convoy.spark.it.chaos;

import java.io.IOException;
import java.time.Duration;

/**
 * A fault that was provoked.
 *
 * @param victim to whom, in words
 * @param lasts after which time it is repaired
 * @param repair what the cluster's administrator does then
 */
record Injury(String victim, Duration lasts, Repair repair) {
  /** Makes whole again what was broken. */
  interface Repair {
    void run() throws IOException, InterruptedException;
  }

  /** An injury that nobody has to repair. */
  static Injury of(String victim) {
    return new Injury(victim, Duration.ZERO, () -> {});
  }
}
