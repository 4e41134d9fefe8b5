package dev.convoy.spark.it.chaos;

import java.io.IOException;
import java.util.random.RandomGenerator;

/** A kind of fault. */
interface Fault {
  /** Returns its name, as the table has it. */
  String name();

  /** Returns whether the attempt that runs is sure to end by it. */
  boolean endsAttempt();

  /** Returns whether it may end the driver, which is then started again by a person. */
  default boolean mayEndDriver() {
    return false;
  }

  /** Provokes it. */
  Injury provoke(Scene scene, RandomGenerator random) throws IOException, InterruptedException;
}
