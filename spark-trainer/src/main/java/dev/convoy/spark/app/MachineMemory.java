package dev.convoy.spark.app;

import dev.convoy.spark.config.ClusterConfig;
import dev.convoy.spark.config.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;

/** Whether this machine's free memory holds a local cluster, asked before anything starts. */
final class MachineMemory {
  /** Java heap of the driver; the weights never pass through it. */
  static final int DRIVER_MIB = 1024;

  private static final Path MEMINFO = Path.of("/proc/meminfo");

  private MachineMemory() {}

  /** Refuses executors that the memory free now does not hold; where that is unknown, nothing. */
  static void check(ClusterConfig cluster) {
    freeMiB().ifPresent(free -> check(cluster, free));
  }

  static void check(ClusterConfig cluster, long freeMiB) {
    long executor = cluster.memoryMiB() + overheadMiB(cluster.memoryMiB());
    long driver = DRIVER_MIB + overheadMiB(DRIVER_MIB);
    long needed = cluster.executors() * executor + driver;
    if (needed > freeMiB) {
      throw new UserError(
          String.format(
              Locale.ROOT,
              ("not enough free memory: %d executors of %d MiB and the driver of %d MiB (heap and"
                  + " overhead) need %d MiB, this machine has %d MiB free; lower cluster.executors"
                  + " or cluster.memory"),
              cluster.executors(),
              executor,
              driver,
              needed,
              freeMiB));
    }
  }

  /** What a JVM takes beyond its heap, by the rule of spark.executor.memoryOverhead. */
  private static long overheadMiB(int heapMiB) {
    return Math.max(384, heapMiB / 10);
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
