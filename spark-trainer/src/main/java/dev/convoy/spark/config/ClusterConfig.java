package dev.convoy.spark.config;

import static dev.convoy.spark.config.DefinesResult.NO;

import dev.convoy.collective.transport.PortRange;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Section {@code cluster}: who carries the work. Never changes the result.
 *
 * @param executors executor processes, 1 to the number of virtual nodes
 * @param coresPerExecutor at least 1
 * @param memoryMiB Java heap of each executor
 * @param minExecutors fewest executors that a run goes on with, 1 to {@code executors}
 * @param attempts how many failed attempts in a row without a new step end the run, at least 1
 * @param replicas how many other executors keep a copy of each executor's slices, 0 to 2
 */
public record ClusterConfig(
    int executors,
    int coresPerExecutor,
    int memoryMiB,
    int minExecutors,
    int attempts,
    int replicas,
    Encrypt encrypt,
    PortRange portRange,
    Timeouts timeouts) {

  /** Spark asks for one and a half times its reserved 300 MiB; a heap's usable part is smaller. */
  private static final int LEAST_MEMORY_MIB = 512;

  /** From so many executors on, a replica's bytes are at most a fourteenth of the others. */
  private static final int CHEAP_REPLICAS = 8;

  /** With two, any two executors may be lost at once. */
  private static final int MOST_REPLICAS = 2;

  /** More than any machine has. */
  private static final int MOST_CORES = 1024;

  /** Below are the ports that need privileges. */
  private static final int LEAST_PORT = 1024;

  /** Whether executors encrypt what they send each other; {@code AUTO} follows Spark's settings. */
  public enum Encrypt {
    AUTO,
    ON,
    OFF
  }

  /** How long to wait for executors, their connections, a collective operation, Spark's barrier. */
  public record Timeouts(
      Duration executors, Duration connect, Duration collective, Duration barrier) {}

  static final Section SECTION = new Section("cluster");

  static final Key<Integer> EXECUTORS =
      SECTION.key(
          "executors",
          Types.wholeNumber(1),
          "2",
          NO,
          "Executor processes; at most train.virtual-nodes.");

  private static final Key<Integer> CORES_PER_EXECUTOR =
      SECTION.key(
          "cores-per-executor",
          Types.wholeNumber(1, MOST_CORES),
          "1",
          NO,
          "Cores of each executor.");

  private static final Key<Integer> MEMORY =
      SECTION.key(
          "memory",
          Types.mebibytes(LEAST_MEMORY_MIB),
          "\"1g\"",
          NO,
          "Java heap of each executor; sizes are powers of two.");

  private static final Key<Integer> MIN_EXECUTORS =
      SECTION.key(
          "min-executors",
          Types.wholeNumber(1),
          "1",
          NO,
          "With fewer executors than this, lost ones are waited for, not replaced; at most"
              + " executors.");

  private static final Key<Integer> ATTEMPTS =
      SECTION.key(
          "attempts",
          Types.wholeNumber(1),
          "5",
          NO,
          "Failed attempts in a row, none with a new step, that end the run (1 = no second try).");

  private static final Key<Optional<Integer>> REPLICAS =
      SECTION.key(
          "replicas",
          Types.wholeNumber("auto or a whole number from 0 to 2", 0, MOST_REPLICAS).or("auto"),
          "auto",
          NO,
          "How many other executors keep a copy of each executor's part of the state, so that a run"
              + " goes on from memory when executors are lost (0 = from the newest checkpoint);"
              + " auto is 1 from "
              + CHEAP_REPLICAS
              + " executors on, where that costs little.");

  private static final Key<Encrypt> ENCRYPT =
      SECTION.key(
          "encrypt",
          Types.choice(Encrypt.class),
          "auto",
          NO,
          "Encrypt what executors send each other; auto does as Spark's own encryption settings"
              + " say.");

  private static final Key<PortRange> PORT_RANGE =
      SECTION.key(
          "port-range",
          Types.parsed(
              "\"0\" (any free port) or a range from 1024 to 65535 such as \"20000-20100\"",
              ClusterConfig::portRange),
          "\"0\"",
          NO,
          "Ports that executors listen on.");

  static final Section TIMEOUTS = new Section("cluster.timeouts");

  private static final Key<Duration> WAIT_FOR_EXECUTORS =
      TIMEOUTS.key(
          "executors",
          Types.duration(),
          "60s",
          NO,
          "How long to wait for cluster.executors executors to arrive.");

  private static final Key<Duration> CONNECT =
      TIMEOUTS.key(
          "connect",
          Types.duration(),
          "30s",
          NO,
          "How long executors may take to connect to each other.");

  private static final Key<Duration> COLLECTIVE =
      TIMEOUTS.key(
          "collective",
          Types.duration(),
          "60s",
          NO,
          "How long a collective operation may wait for a silent executor; longer than a step's"
              + " computation takes.");

  private static final Key<Duration> BARRIER =
      TIMEOUTS.key(
          "barrier",
          Types.duration(),
          "60s",
          NO,
          "How long Spark's barrier may wait for all tasks, in whole seconds.");

  static ClusterConfig read(Values values) {
    int executors = values.get(EXECUTORS);
    int minExecutors = values.get(MIN_EXECUTORS);
    if (minExecutors > executors) {
      throw values.refuse(MIN_EXECUTORS, "at most cluster.executors (" + executors + ")");
    }
    return new ClusterConfig(
        executors,
        values.get(CORES_PER_EXECUTOR),
        values.get(MEMORY),
        minExecutors,
        values.get(ATTEMPTS),
        values.get(REPLICAS).orElse(executors < CHEAP_REPLICAS ? 0 : 1),
        values.get(ENCRYPT),
        values.get(PORT_RANGE),
        timeouts(values));
  }

  /**
   * Returns the section with these overrides of its keys, over the defaults.
   *
   * @throws UserError where anything is unknown, of the wrong type or impossible
   */
  public static ClusterConfig load(List<String> sets) {
    return read(ConfigSources.defaults(sets));
  }

  private static Optional<PortRange> portRange(String text) {
    try {
      return Optional.of(PortRange.parse(text))
          .filter(ports -> ports.equals(PortRange.ANY) || ports.from() >= LEAST_PORT);
    } catch (IllegalArgumentException noRange) {
      return Optional.empty();
    }
  }

  private static Timeouts timeouts(Values values) {
    Duration barrier = values.get(BARRIER);
    if (barrier.toSeconds() < 1) {
      throw values.refuse(BARRIER, "at least 1s");
    }
    return new Timeouts(
        values.get(WAIT_FOR_EXECUTORS), values.get(CONNECT), values.get(COLLECTIVE), barrier);
  }
}
