package dev.convoy.spark.cluster;

import dev.convoy.spark.config.ClusterConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.network.util.ByteUnit;
import org.apache.spark.network.util.JavaUtils;

/** What YARN says of executors that are waited for: those that it ended, and what its queue has. */
final class YarnStartFailures implements StartFailures {
  private static final String OVERHEAD = "spark.executor.memoryOverhead";

  private final YarnApplication application;
  private final RemovedExecutors removed;
  private final RegisteredExecutors registered;
  private final ClusterConfig cluster;
  private final long containerMiB;

  YarnStartFailures(
      YarnApplication application,
      RemovedExecutors removed,
      RegisteredExecutors registered,
      ClusterConfig cluster,
      SparkConf conf) {
    this.application = application;
    this.removed = removed;
    this.registered = registered;
    this.cluster = cluster;
    this.containerMiB =
        conf.contains(OVERHEAD)
            ? cluster.memoryMiB() + JavaUtils.byteStringAs(conf.get(OVERHEAD), ByteUnit.MiB)
            : ControlGroups.processMiB(cluster.memoryMiB());
  }

  @Override
  public Optional<String> failure() {
    registered.refresh();
    return failureOfEnded();
  }

  @Override
  public Optional<String> failureOfEnded() {
    List<String> reasons =
        removed.reasons().entrySet().stream()
            .filter(executor -> !registered.contains(executor.getKey()))
            .map(Map.Entry::getValue)
            .toList();
    return reasons.size() < TOO_MANY ? Optional.empty() : Optional.of(reasons.get(0));
  }

  @Override
  public Optional<String> lack() {
    registered.refresh();
    return application.lack(
        cluster.executors() - registered.active(), cluster.coresPerExecutor(), containerMiB);
  }
}
