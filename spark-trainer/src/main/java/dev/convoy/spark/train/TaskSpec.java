package dev.convoy.spark.train;

import dev.convoy.spark.cluster.SparkApplication;
import dev.convoy.spark.config.ConvoyConfig;
import java.io.Serializable;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/**
 * What the driver tells every task of an attempt. It travels in the task's closure, over Spark's
 * own (and, where the cluster is so configured, encrypted) RPC.
 *
 * @param name of the configuration
 * @param rendered the resolved configuration
 * @param hadoop settings that were made for Hadoop's file systems
 * @param output the run's folder
 * @param lease the token of the driver's lease of that folder
 * @param run what defines the run, kept in checkpoints
 * @param checkpoint name of the checkpoint to begin from, or null
 * @param jobId of this run
 * @param attempt counted from 1
 * @param secret that lets the executors of this job trust each other
 * @param encrypt whether they encrypt what they exchange
 */
record TaskSpec(
    String name,
    String rendered,
    Map<String, String> hadoop,
    String output,
    String lease,
    String run,
    String checkpoint,
    String jobId,
    int attempt,
    byte[] secret,
    boolean encrypt)
    implements Serializable {

  ConvoyConfig config() {
    return ConvoyConfig.ofRendered(name, rendered);
  }

  Configuration hadoopConfiguration() {
    return SparkApplication.hadoopConfiguration(hadoop);
  }
}
