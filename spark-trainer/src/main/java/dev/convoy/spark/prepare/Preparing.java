package dev.convoy.spark.prepare;

import dev.convoy.data.prepare.PrepareOptions;
import dev.convoy.spark.config.ClusterConfig;

/**
 * The preparation that {@code convoy prepare} starts once its arguments are checked; see {@link
 * PrepareJob}.
 */
@FunctionalInterface
public interface Preparing {
  /**
   * Makes shards.
   *
   * @param cluster the executors it runs on
   * @param overwrite whether shards in the output are replaced
   * @param restart whether the rest of an interrupted preparation is discarded
   */
  void prepare(PrepareOptions options, ClusterConfig cluster, boolean overwrite, boolean restart)
      throws Exception;
}
