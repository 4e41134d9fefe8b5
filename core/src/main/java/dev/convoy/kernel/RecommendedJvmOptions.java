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
   * No bounds check at each access of a vector, since the kernels' tests run with it; no second
   * loop around each counted loop for safepoints; huge pages, if the system has them; and no
   * inlining of short vector loops into long methods, in which vectors are sometimes boxed.
   */
  public static final List<String> SETTINGS =
      List.of(
          "-Djdk.incubator.vector.VECTOR_ACCESS_OOB_CHECK=0",
          "-XX:-UseCountedLoopSafepoints",
          "-XX:+UseTransparentHugePages",
          "-XX:CompileCommand=quiet",
          "-XX:CompileCommand=dontinline,dev.convoy.kernel.vector.winograd.WinogradTransform::*");

  private RecommendedJvmOptions() {}

  /** Returns those that this JVM was not started with. */
  static List<String> missing() {
    List<String> missing = new ArrayList<>(SETTINGS);
    missing.removeAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    return missing;
  }
}
