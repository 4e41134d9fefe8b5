package dev.convoy.spark.app.launch;

import dev.convoy.kernel.RecommendedJvmOptions;
import dev.convoy.spark.config.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Which Java the executors run on, and with which options. */
final class ExecutorJava {
  /** Options that are appended to Convoy's own. */
  private static final String OPTIONS = "CONVOY_EXECUTOR_JAVA_OPTIONS";

  /** A JDK for the executors that is not the driver's. */
  private static final String HOME = "CONVOY_EXECUTOR_JAVA_HOME";

  private ExecutorJava() {}

  static String options(Master master) {
    StringBuilder options = new StringBuilder("--add-modules jdk.incubator.vector");
    // Few, large, long-lived arrays: throughput counts, pauses do not.
    options.append(" -XX:+UseParallelGC");
    options.append(' ').append(String.join(" ", RecommendedJvmOptions.SETTINGS));
    if (master instanceof Master.LocalCluster) {
      // Elsewhere the cluster's own logging rules, and this machine's files are not there.
      options.append(' ').append(Logging.option("log4j2-executor.xml"));
      options.append(' ').append(SparkHome.temporaryFolder());
      if (UnnamedUser.isHere()) {
        options.append(' ').append(UnnamedUser.javaOption());
      }
    }
    environment(OPTIONS).ifPresent(more -> options.append(' ').append(more));
    return options.toString();
  }

  static Optional<String> home() {
    Optional<String> home = environment(HOME);
    home.filter(folder -> !Files.isExecutable(Path.of(folder, "bin", "java")))
        .ifPresent(
            folder -> {
              throw new UserError(HOME + "=" + folder + " is refused; it has no bin/java");
            });
    return home;
  }

  private static Optional<String> environment(String name) {
    return Optional.ofNullable(System.getenv(name)).map(String::strip).filter(v -> !v.isEmpty());
  }
}
