package dev.convoy.spark.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * CPU seconds spent so far, to tell a quiet measurement from a disturbed one.
 *
 * @param wall the clock
 * @param all by every process; not a number where the system does not say
 * @param own by this process
 */
record CpuTime(double wall, double all, double own) {
  private static final Path STAT = Path.of("/proc/stat");
  private static final double TICKS_PER_SECOND = 100;

  static CpuTime now() {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new CpuTime(System.nanoTime() / 1e9, ofAll(), system.getProcessCpuTime() / 1e9);
  }

  private static double ofAll() {
    try (Stream<String> lines = Files.lines(STAT)) {
      String[] ticks = lines.findFirst().orElseThrow().strip().split("\\s+", -1);
      double all = 0;
      for (int i : new int[] {1, 2, 3, 6, 7, 8}) { // user, nice, system, irq, softirq, steal
        all += Long.parseLong(ticks[i]) / TICKS_PER_SECOND;
      }
      return all;
    } catch (IOException e) {
      return Double.NaN;
    }
  }

  /** Returns how many cores everything but this process has kept busy since {@code start}. */
  double othersSince(CpuTime start) {
    return ((all - start.all) - (own - start.own)) / (wall - start.wall);
  }

  /** Returns how many cores this process has kept busy from {@code start} to this time. */
  double ownSince(CpuTime start) {
    return (own - start.own) / (wall - start.wall);
  }
}
