package dev.convoy.spark.app;

import dev.convoy.spark.config.UserError;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * What submits: an installation of Spark that the user names in SPARK_HOME, or the home that the
 * build made of Maven's jars, beside the application jar.
 */
sealed interface SparkHome {
  /** What follows `env`, up to spark-submit's options: variables, the program and its options. */
  List<String> command();

  /** The installation that SPARK_HOME names, or else the build's. */
  static SparkHome find(Map<String, String> environment) {
    String installed = environment.getOrDefault("SPARK_HOME", "");
    return installed.isBlank()
        ? new Built(
            Logging.applicationJar().resolveSibling("spark"),
            environment.getOrDefault("HADOOP_CONF_DIR", ""))
        : Installed.checked(Path.of(installed));
  }

  /** A distribution with its own spark-submit. */
  record Installed(Path home) implements SparkHome {
    private static final Pattern CORE = Pattern.compile("spark-core_([0-9.]+)-([0-9]+)\\..*\\.jar");

    static Installed checked(Path home) {
      if (!Files.isExecutable(home.resolve("bin/spark-submit"))) {
        throw new UserError("SPARK_HOME=" + home + " is refused; it has no bin/spark-submit");
      }
      try (DirectoryStream<Path> jars =
          Files.newDirectoryStream(home.resolve("jars"), "spark-core_*.jar")) {
        for (Path jar : jars) {
          Matcher name = CORE.matcher(jar.getFileName().toString());
          if (name.matches() && name.group(1).equals("2.13") && name.group(2).equals("4")) {
            return new Installed(home);
          }
          throw new UserError(
              "SPARK_HOME="
                  + home
                  + " is refused; Convoy needs Spark 4 for Scala 2.13, there is "
                  + jar.getFileName());
        }
      } catch (IOException noJars) {
        throw new UserError("SPARK_HOME=" + home + " is refused; it has no jars/", noJars);
      }
      throw new UserError("SPARK_HOME=" + home + " is refused; it has no jars/spark-core_*.jar");
    }

    @Override
    public List<String> command() {
      String driver = Logging.option("log4j2-driver.xml");
      return List.of(
          home.resolve("bin/spark-submit").toString(),
          "--driver-memory",
          MachineMemory.DRIVER_MIB + "m",
          "--driver-java-options",
          driver);
    }
  }

  /**
   * A folder with jars/ and an empty file RELEASE, which is all that SparkSubmit asks for.
   *
   * @param hadoopConf the folder of Hadoop's own settings, or nothing; executors find it themselves
   */
  record Built(Path home, String hadoopConf) implements SparkHome {
    @Override
    public List<String> command() {
      List<String> command = new ArrayList<>();
      command.add("SPARK_HOME=" + home);
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of(JavaModuleOptions.defaultModuleOptionArray()));
      command.add("-Xmx" + MachineMemory.DRIVER_MIB + "m");
      command.add(Logging.option("log4j2-driver.xml"));
      String jars = home.resolve("jars") + "/*";
      command.add("-cp");
      command.add(hadoopConf.isBlank() ? jars : hadoopConf + File.pathSeparator + jars);
      command.add("org.apache.spark.deploy.SparkSubmit");
      return command;
    }
  }
}
