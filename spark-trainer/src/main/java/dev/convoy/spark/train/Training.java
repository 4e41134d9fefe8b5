package dev.convoy.spark.train;

import dev.convoy.spark.config.ConvoyConfig;

/** The training that {@code convoy train} starts once its arguments are checked. */
@FunctionalInterface
public interface Training {

  /**
   * What to do with the output folder.
   *
   * <p>{@code NEW} refuses a folder that has a run, {@code RESUME} goes on from its newest
   * checkpoint, {@code OVERWRITE} deletes the run that is there.
   */
  enum Start {
    NEW,
    RESUME,
    OVERWRITE
  }

  /**
   * A run as the user asked for it.
   *
   * @param output the run's folder, a path or any Hadoop file system URI
   * @param dryRun whether to check everything and tell what would happen, and no more
   */
  record Request(ConvoyConfig config, String output, Start start, boolean dryRun) {}

  /**
   * Trains to the end, unless it is a dry run.
   *
   * @return {@link ExitStatus#DONE} or {@link ExitStatus#DIVERGED}
   * @throws dev.convoy.spark.config.UserError where the request or its input is refused
   * @throws Exception where it failed; its message goes to the user, its trace to the log
   */
  ExitStatus train(Request request) throws Exception;
}
