package dev.convoy.spark.train;

import dev.convoy.collective.VirtualNodes;
import dev.convoy.spark.cluster.SparkApplication;
import dev.convoy.spark.config.ConvoyConfig;
import java.io.Serializable;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/**
 * What the driver tells every part of an evaluation.
 *
 * @param name of the configuration
 * @param rendered the resolved configuration
 * @param hadoop settings that were made for Hadoop's file systems
 * @param weights the file, as every executor understands it
 * @param virtualNodes how many
 * @param parts how many parts share them
 */
record EvaluateSpec(
    String name,
    String rendered,
    Map<String, String> hadoop,
    String weights,
    int virtualNodes,
    int parts)
    implements Serializable {

  ConvoyConfig config() {
    return ConvoyConfig.ofRendered(name, rendered);
  }

  Configuration hadoopConfiguration() {
    return SparkApplication.hadoopConfiguration(hadoop);
  }

  /** How the virtual nodes lie on the parts. */
  VirtualNodes nodes() {
    return new VirtualNodes(virtualNodes, parts);
  }
}
