package dev.convoy.spark.app.job;

import dev.convoy.spark.app.options.SparkOptions;
import dev.convoy.spark.config.ClusterConfig;

/** A command that runs on executors, so that the launcher hands it to spark-submit. */
public interface SparkCommand {
  /**
   * Returns the executors it needs, read from its arguments and checked as the command itself will.
   *
   * @throws dev.convoy.spark.config.UserError where an argument is refused
   */
  ClusterConfig cluster();

  SparkOptions spark();

  /** Returns the number of cores that a task takes: all of an executor's, unless told otherwise. */
  default int coresPerTask() {
    return cluster().coresPerExecutor();
  }

  /** Returns whether the arguments ask only for what needs no executors. */
  default boolean withoutSpark() {
    return false;
  }
}
