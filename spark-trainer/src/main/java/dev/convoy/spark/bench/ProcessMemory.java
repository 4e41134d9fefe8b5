package dev.convoy.spark.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** How much memory this process has held at most, as the kernel of Linux counts it. */
final class ProcessMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String PEAK = "VmHWM:";
  private static final double KIB = 1024;

  private ProcessMemory() {}

  /** Returns megabytes (10^6 bytes), or NaN where the system does not say. */
  static double peakMegabytes() {
    try (Stream<String> lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith(PEAK))
          .map(line -> line.substring(PEAK.length()).strip().split(" ", -1)[0])
          .mapToDouble(kib -> Long.parseLong(kib) * KIB / 1e6)
          .findFirst()
          .orElse(Double.NaN);
    } catch (IOException e) {
      return Double.NaN;
    }
  }
}
