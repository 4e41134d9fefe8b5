package dev.convoy.spark.app.launch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * What the command {@code env} changes of the environment for Spark. A run on this machine sees
 * none of Spark's variables and files of settings, which are made for some cluster.
 */
public final class SparkEnvironment {
  private static final String CONF_DIR = "SPARK_CONF_DIR";
  private static final String DEFAULTS = "spark-defaults.conf";

  private SparkEnvironment() {}

  /**
   * Returns the arguments of {@code env}.
   *
   * @param notices gets a sentence about settings that are not read
   */
  public static List<String> of(
      Map<String, String> environment, Master master, Consumer<String> notices) {
    List<String> changes = new ArrayList<>();
    if (!(master instanceof Master.Remote)) {
      for (String name : new TreeSet<>(environment.keySet())) {
        if (name.startsWith("SPARK_") || name.equals("MASTER")) {
          changes.add("-u");
          changes.add(name);
        }
      }
      tellOfDefaults(environment, notices);
      // These processes are all here.
      changes.add("SPARK_LOCAL_IP=" + Loopback.ADDRESS);
      changes.add("SPARK_LOCAL_HOSTNAME=" + Loopback.ADDRESS);
    }
    // Else executors die with "Cannot find any build directories", and the application hangs.
    changes.add("SPARK_SCALA_VERSION=2.13");
    if (UnnamedUser.isHere()) {
      changes.add("SPARK_USER=" + UnnamedUser.name());
    }
    return changes;
  }

  private static void tellOfDefaults(Map<String, String> environment, Consumer<String> notices) {
    String folder = environment.getOrDefault(CONF_DIR, "");
    if (!folder.isBlank() && Files.exists(Path.of(folder, DEFAULTS))) {
      notices.accept(
          Path.of(folder, DEFAULTS)
              + " is for clusters and not read by a run on this machine; use --conf KEY=VALUE");
    }
  }
}
