package dev.convoy.kernel;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * Settings of the JVM with which the vector kernels are faster; none changes a bit. {@code
 * docs/performance.md} says by how much.
 */
public final class FasterJvm {
  /**
   * Without a check of each vector's place, which the kernels' tests do with the check; without a
   * second loop around each counted loop; and with large pages, if the system has them.
   */
  public static final List<String> SETTINGS =
      List.of(
          "-Djdk.incubator.vector.VECTOR_ACCESS_OOB_CHECK=0",
          "-XX:-UseCountedLoopSafepoints",
          "-XX:+UseTransparentHugePages");

  private FasterJvm() {}

  /** Those that this JVM was not started with. */
  static List<String> missing() {
    List<String> missing = new ArrayList<>(SETTINGS);
    missing.removeAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    return missing;
  }
}
