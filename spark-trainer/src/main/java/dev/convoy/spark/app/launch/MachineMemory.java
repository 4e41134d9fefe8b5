package dev.convoy.spark.app.launch;

import dev.convoy.spark.cluster.ControlGroups;
import dev.convoy.spark.config.ClusterConfig;
import dev.convoy.spark.config.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Whether a local cluster fits into the free memory of this machine and into the limit that a
 * container sets, asked before anything starts.
 */
public final class MachineMemory {
  /** Java heap of the driver; the weights never pass through it. */
  static final int DRIVER_MIB = 1024;

  private static final Path MEMINFO = Path.of("/proc/meminfo");

  private MachineMemory() {}

  /**
   * Refuses executors that do not fit; where memory and limits are unknown, nothing.
   *
   * @param notices gets a sentence if there are fewer processors than the executors are to use
   */
  public static void check(ClusterConfig cluster, Consumer<String> notices) {
    ControlGroups limits = new ControlGroups();
    check(cluster, freeMiB(), limits.memory());
    int cores = cluster.executors() * cluster.coresPerExecutor();
    double processors = limits.processors().orElse(cores);
    if (processors < cores) {
      notices.accept(
          String.format(
              Locale.ROOT,
              "this container or service may use %.1f processors, and the executors have %d cores"
                  + " (cluster.executors x cluster.cores-per-executor): they will wait for each"
                  + " other",
              processors,
              cores));
    }
  }

  static void check(
      ClusterConfig cluster, OptionalLong freeMiB, Optional<ControlGroups.Memory> limit) {
    long executor = ControlGroups.processMiB(cluster.memoryMiB());
    long driver = ControlGroups.processMiB(DRIVER_MIB);
    long needed = cluster.executors() * executor + driver;
    String need =
        String.format(
            Locale.ROOT,
            "%d executors of %d MiB and the driver of %d MiB (heap and overhead) need %d MiB",
            cluster.executors(),
            executor,
            driver,
            needed);
    if (limit.isPresent() && needed > limit.get().freeMiB()) {
      throw new UserError(
          String.format(
              Locale.ROOT,
              "not enough memory: %s, the limit of this container or service (control group) is"
                  + " %d MiB, of which %d MiB are free; lower cluster.executors or cluster.memory,"
                  + " or raise the limit",
              need,
              limit.get().limitMiB(),
              limit.get().freeMiB()));
    }
    if (freeMiB.isPresent() && needed > freeMiB.getAsLong()) {
      throw new UserError(
          String.format(
              Locale.ROOT,
              "not enough free memory: %s, this machine has %d MiB free; lower cluster.executors"
                  + " or cluster.memory",
              need,
              freeMiB.getAsLong()));
    }
  }

  private static OptionalLong freeMiB() {
    if (!Files.isReadable(MEMINFO)) {
      return OptionalLong.empty();
    }
    try {
      return Files.readAllLines(MEMINFO).stream()
          .filter(line -> line.startsWith("MemAvailable:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
          .findFirst();
    } catch (IOException unreadable) {
      return OptionalLong.empty();
    }
  }
}
