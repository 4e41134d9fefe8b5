package dev.convoy.spark.train;

import dev.convoy.spark.config.ConvoyConfig;

/** The checks that {@code convoy doctor} makes before a long run. */
@FunctionalInterface
public interface Preflight {
  /**
   * Checks whether a training could run, and leaves everything as it was.
   *
   * @param output the folder that the run would have, a path or URI
   * @return {@link ExitStatus#DONE} if nothing stands against it, else {@link ExitStatus#FAILED}
   * @throws dev.convoy.spark.config.UserError where the configuration or its input is refused
   */
  ExitStatus check(ConvoyConfig config, String output) throws Exception;
}
