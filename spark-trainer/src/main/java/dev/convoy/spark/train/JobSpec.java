package dev.convoy.spark.train;

import dev.convoy.spark.cluster.HadoopSettings;
import dev.convoy.spark.config.ConvoyConfig;
import org.apache.hadoop.conf.Configuration;

/**
 * What every task needs to know, of a training or of an evaluation.
 *
 * @param config the resolved configuration, with paths that every machine understands
 * @param hadoop the driver's settings for Hadoop's file systems
 */
public record JobSpec(ConvoyConfig config, HadoopSettings hadoop) {
  /** Returns the specification of a job of this application. */
  static JobSpec of(ConvoyConfig config) {
    return new JobSpec(config, HadoopSettings.ofThisApplication());
  }

  Configuration hadoopConfiguration() {
    return hadoop.configuration();
  }
}
