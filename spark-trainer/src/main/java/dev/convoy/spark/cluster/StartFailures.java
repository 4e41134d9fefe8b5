package dev.convoy.spark.cluster;

import java.util.Optional;

/**
 * What a cluster manager knows of executors that are waited for. Spark tells the driver nothing of
 * one before it has registered.
 */
interface StartFailures {
  /** A single executor that ends may be bad luck. */
  int TOO_MANY = 2;

  /**
   * Returns why executors end as they start, if they do: the last line of one's output, and where
   * all of it is.
   */
  Optional<String> failure();

  /**
   * Returns why executors ended as they started, for an application that Spark has ended already.
   */
  Optional<String> failureOfEnded();

  /** Returns what the cluster lacks to start those that are missing, if that is known. */
  default Optional<String> lack() {
    return Optional.empty();
  }
}
