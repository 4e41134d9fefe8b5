package dev.convoy.kernel;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Settings of the JVM with which the vector kernels are faster; none changes a bit. {@code
 * docs/performance.md} says by how much.
 */
public final class FasterJvm {
  /**
   * Without a check of each vector's place, which the kernels' tests do with the check; without a
   * second loop around each counted loop; and, where the system allows it, with large pages.
   */
  public static final List<String> SETTINGS =
      List.of(
          "-Djdk.incubator.vector.VECTOR_ACCESS_OOB_CHECK=0",
          "-XX:-UseCountedLoopSafepoints",
          "-XX:+UseTransparentHugePages");

  private static final Path HUGE_PAGES = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");

  private FasterJvm() {}

  /** Those that this JVM was not started with and could have been. */
  static List<String> missing() {
    List<String> missing = new ArrayList<>(SETTINGS);
    missing.removeAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    if (!hugePages()) {
      missing.removeIf(setting -> setting.contains("HugePages"));
    }
    return missing;
  }

  private static boolean hugePages() {
    try {
      return Files.exists(HUGE_PAGES) && !Files.readString(HUGE_PAGES).contains("[never]");
    } catch (IOException e) {
      return false;
    }
  }
}
