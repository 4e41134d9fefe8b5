package dev.convoy.spark.train;

import dev.convoy.collective.transport.Secret;
import dev.convoy.spark.cluster.SparkApplication;
import dev.convoy.spark.config.ClusterConfig;
import java.util.List;

/**
 * What the executors of one job share: its name, a secret made for it, and whether they encrypt.
 *
 * @param jobId Spark's application id
 * @param bytes random, never written anywhere
 * @param encrypt as {@code cluster.encrypt} says, or as the cluster does
 */
public record JobSecret(String jobId, byte[] bytes, boolean encrypt) {
  /** Each of these says that what travels between this cluster's machines is to be encrypted. */
  private static final List<String> CLUSTER_ENCRYPTS =
      List.of("spark.network.crypto.enabled", "spark.io.encryption.enabled", "spark.ssl.enabled");

  static JobSecret make(SparkApplication spark, ClusterConfig cluster) {
    boolean encrypt =
        switch (cluster.encrypt()) {
          case ON -> true;
          case OFF -> false;
          case AUTO ->
              CLUSTER_ENCRYPTS.stream()
                  .anyMatch(key -> spark.context().getConf().getBoolean(key, false));
        };
    return new JobSecret(spark.context().sc().applicationId(), Secret.random(), encrypt);
  }

  /** Leaves the secret out, so that no log shows it. */
  @Override
  public String toString() {
    return "JobSecret[" + jobId + ", encrypt=" + encrypt + "]";
  }
}
