package dev.convoy.spark.app.launch;

import dev.convoy.spark.config.UserError;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * The Spark that submits: an installation that the user names in SPARK_HOME, or the home that the
 * launcher made of Maven's jars, beside its link to the application jar.
 */
public sealed interface SparkHome {
  /**
   * Returns what follows `env`, up to spark-submit's options: variables, the program and its
   * options.
   *
   * @param elsewhere whether the driver is not the process that submits, nor on its machine
   */
  List<String> command(boolean elsewhere);

  /** Returns the folder of Spark's jars. */
  Path jars();

  /**
   * Returns the installation that SPARK_HOME names, or else the build's. A run on this machine
   * needs no installation, and goes on without one that cannot serve.
   *
   * @param notices gets a sentence if it does
   */
  static SparkHome find(Map<String, String> environment, Master master, Consumer<String> notices) {
    String installed = environment.getOrDefault("SPARK_HOME", "");
    boolean here = !(master instanceof Master.Remote);
    if (!installed.isBlank()) {
      try {
        return Installed.checked(Path.of(installed), here);
      } catch (UserError refused) {
        if (!here) {
          throw refused;
        }
        notices.accept(
            "SPARK_HOME="
                + installed
                + " is not used for this run on this machine ("
                + Installed.fault(Path.of(installed))
                + "); Convoy's own Spark is");
      }
    }
    return new Built(
        Logging.applicationJar().resolveSibling("spark"),
        environment.getOrDefault("HADOOP_CONF_DIR", ""));
  }

  /** Returns whether there is a jar whose name begins so. */
  default boolean hasJar(String beginning) {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(jars(), beginning + "*.jar")) {
      return found.iterator().hasNext();
    } catch (IOException noJars) {
      return false;
    }
  }

  /**
   * Returns the option by which a JVM on this machine puts its temporary files where this one does.
   */
  static String temporaryFolder() {
    return "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir");
  }

  /**
   * A distribution with its own spark-submit.
   *
   * @param here whether the run is on this machine, so that Spark writes into its home
   */
  record Installed(Path home, boolean here) implements SparkHome {
    private static final Pattern CORE = Pattern.compile("spark-core_([0-9.]+)-([0-9]+)\\..*\\.jar");

    static Installed checked(Path home, boolean here) {
      String fault = fault(home);
      if (fault != null) {
        throw new UserError(
            "SPARK_HOME="
                + home
                + " is refused; "
                + fault
                + "; set it to an installation of Spark 4 (Scala 2.13), or unset it to use"
                + " Convoy's own");
      }
      return new Installed(home, here);
    }

    /** Returns what is wrong with an installation, or null. */
    static String fault(Path home) {
      if (!Files.isDirectory(home)) {
        return "there is no such folder";
      }
      if (!Files.isExecutable(home.resolve("bin/spark-submit"))) {
        return "it has no bin/spark-submit";
      }
      try (DirectoryStream<Path> jars =
          Files.newDirectoryStream(home.resolve("jars"), "spark-core_*.jar")) {
        for (Path jar : jars) {
          Matcher name = CORE.matcher(jar.getFileName().toString());
          return name.matches() && name.group(1).equals("2.13") && name.group(2).equals("4")
              ? null
              : "Convoy needs Spark 4 for Scala 2.13, there is " + jar.getFileName();
        }
      } catch (IOException noJars) {
        return "it has no jars/";
      }
      return "it has no jars/spark-core_*.jar";
    }

    @Override
    public Path jars() {
      return home.resolve("jars");
    }

    @Override
    public List<String> command(boolean elsewhere) {
      List<String> options = new ArrayList<>();
      options.add(Logging.option("log4j2-driver.xml"));
      options.add(temporaryFolder());
      if (UnnamedUser.isHere()) {
        options.add(UnnamedUser.javaOption());
      }
      List<String> command = new ArrayList<>();
      if (here) {
        command.add("SPARK_HOME=" + writableHome());
      }
      command.add(home.resolve("bin/spark-submit").toString());
      command.addAll(List.of("--driver-memory", MachineMemory.DRIVER_MIB + "m"));
      if (!elsewhere) {
        command.addAll(List.of("--driver-java-options", String.join(" ", options)));
      }
      return command;
    }

    /**
     * Returns a home with this installation's programs and jars, and without its settings, in a
     * folder that this user can write: the workers of a run on this machine put executors' logs
     * into it.
     */
    private Path writableHome() {
      Path writable = Logging.applicationJar().resolveSibling("installed-spark");
      try {
        Files.createDirectories(writable);
        Files.writeString(writable.resolve("RELEASE"), "");
        for (String part : List.of("bin", "jars")) {
          Files.deleteIfExists(writable.resolve(part));
          Files.createSymbolicLink(writable.resolve(part), home.toAbsolutePath().resolve(part));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return writable;
    }
  }

  /**
   * A folder with jars/ and an empty file RELEASE, which is all that SparkSubmit asks for.
   *
   * @param hadoopConf the folder of Hadoop's own settings, or nothing; executors find it themselves
   */
  record Built(Path home, String hadoopConf) implements SparkHome {
    @Override
    public Path jars() {
      return home.resolve("jars");
    }

    @Override
    public List<String> command(boolean elsewhere) {
      List<String> command = new ArrayList<>();
      command.add("SPARK_HOME=" + home);
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of(JavaModuleOptions.defaultModuleOptionArray()));
      command.add("-Xmx" + MachineMemory.DRIVER_MIB + "m");
      command.add(Logging.option("log4j2-driver.xml"));
      command.add(temporaryFolder());
      String path = jars() + "/*" + File.pathSeparator + Logging.applicationJar();
      command.add("-cp");
      command.add(hadoopConf.isBlank() ? path : hadoopConf + File.pathSeparator + path);
      command.add(SparkSubmission.class.getName());
      return command;
    }
  }
}
