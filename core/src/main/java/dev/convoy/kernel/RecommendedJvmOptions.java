package dev.convoy.kernel;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * Settings of the JVM with which the vector kernels are faster; none changes a bit. {@code
 * docs/performance.md} says by how much.
 */
public final class RecommendedJvmOptions {
  /**
   * Without a check of each vector's place, which the kernels' tests do with the check; without a
   * second loop around each counted loop; with large pages, if the system has them; and with short
   * vector loops compiled each by itself, not into long methods, where vectors are sometimes boxed.
   */
  public static final List<String> SETTINGS =
      List.of(
          "-Djdk.incubator.vector.VECTOR_ACCESS_OOB_CHECK=0",
          "-XX:-UseCountedLoopSafepoints",
          "-XX:+UseTransparentHugePages",
          "-XX:CompileCommand=quiet",
          "-XX:CompileCommand=dontinline,dev.convoy.kernel.vector.winograd.WinogradTransform::*");

  private RecommendedJvmOptions() {}

  /** Those that this JVM was not started with. */
  static List<String> missing() {
    List<String> missing = new ArrayList<>(SETTINGS);
    missing.removeAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    return missing;
  }
}
