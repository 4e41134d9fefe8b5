package dev.convoy.spark.config;

import dev.convoy.collective.transport.PortRange;
import java.time.Duration;

/**
 * Section {@code cluster}: who carries the work. Never changes the result.
 *
 * @param executors executor processes, 1 to the number of virtual nodes
 * @param coresPerExecutor at least 1
 * @param memoryMiB Java heap of each executor
 * @param minExecutors fewest executors that a run goes on with, 1 to {@code executors}
 * @param attempts how often the run may start, at least 1
 */
public record ClusterConfig(
    int executors,
    int coresPerExecutor,
    int memoryMiB,
    int minExecutors,
    int attempts,
    Encrypt encrypt,
    PortRange portRange,
    Timeouts timeouts) {

  /** Spark asks for one and a half times its reserved 300 MiB; a heap's usable part is smaller. */
  private static final int LEAST_MEMORY_MIB = 512;

  /** More than any machine has. */
  private static final int MOST_CORES = 1024;

  /** Below are the ports that need privileges. */
  private static final int LEAST_PORT = 1024;

  /** Whether executors encrypt what they send each other; {@code AUTO} follows Spark's settings. */
  public enum Encrypt implements Choice {
    AUTO,
    ON,
    OFF
  }

  /** How long to wait for executors, their connections, a collective operation, Spark's barrier. */
  public record Timeouts(
      Duration executors, Duration connect, Duration collective, Duration barrier) {}

  static ClusterConfig read(ConfigReader reader) {
    int executors = reader.integer("cluster.executors", 1);
    int minExecutors = reader.integer("cluster.min-executors", 1);
    if (minExecutors > executors) {
      throw reader.refuse("cluster.min-executors", "at most cluster.executors (" + executors + ")");
    }
    return new ClusterConfig(
        executors,
        reader.integer("cluster.cores-per-executor", 1, MOST_CORES),
        reader.mebibytes("cluster.memory", LEAST_MEMORY_MIB),
        minExecutors,
        reader.integer("cluster.attempts", 1),
        reader.choice("cluster.encrypt", Encrypt.class),
        portRange(reader),
        timeouts(reader));
  }

  private static PortRange portRange(ConfigReader reader) {
    String allowed = "\"0\" (any free port) or a range from 1024 to 65535 such as \"20000-20100\"";
    String text = reader.text("cluster.port-range", allowed);
    try {
      PortRange ports = PortRange.parse(text);
      if (ports.equals(PortRange.ANY) || ports.from() >= LEAST_PORT) {
        return ports;
      }
    } catch (IllegalArgumentException e) {
      throw reader.refuse("cluster.port-range", allowed);
    }
    throw reader.refuse("cluster.port-range", allowed);
  }

  private static Timeouts timeouts(ConfigReader reader) {
    Duration barrier = reader.duration("cluster.timeouts.barrier");
    if (barrier.toSeconds() < 1) {
      throw reader.refuse("cluster.timeouts.barrier", "at least 1s");
    }
    return new Timeouts(
        reader.duration("cluster.timeouts.executors"),
        reader.duration("cluster.timeouts.connect"),
        reader.duration("cluster.timeouts.collective"),
        barrier);
  }
}
