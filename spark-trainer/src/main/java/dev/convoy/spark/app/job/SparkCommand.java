package dev.convoy.spark.app.job;

import dev.convoy.spark.app.options.SparkOptions;
import dev.convoy.spark.config.ClusterConfig;
import dev.convoy.spark.config.UserError;
import java.util.List;
import java.util.function.Consumer;

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

  /**
   * Returns the arguments for a driver on another machine, which has neither this one's files nor
   * its working folder.
   *
   * @param notices gets what a person should know of the configuration, a sentence each
   * @throws UserError if the command cannot run there
   */
  default List<String> elsewhere(Consumer<String> notices) {
    throw new UserError("--deploy-mode cluster is refused; only train can run its driver there");
  }

  /** Returns whether the arguments ask only for what needs no executors. */
  default boolean withoutSpark() {
    return false;
  }
}
