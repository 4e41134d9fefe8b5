package dev.convoy.spark.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Starts masters and workers of Spark's standalone cluster, from the jars of the build. */
public final class SparkDaemons {
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final Path JARS = Launcher.REPOSITORY.resolve("spark-trainer/target/spark/jars");

  private final Path folder;
  private final List<String> enter;
  private final String address;

  /**
   * Starts them on one host.
   *
   * @param folder gets their Spark home, which several may share; may have their settings in
   *     conf/spark-defaults.conf
   * @param enter the words before a command that let it run on that host
   * @param address of the host
   */
  public SparkDaemons(Path folder, List<String> enter, String address) throws IOException {
    this.folder = folder;
    this.enter = enter;
    this.address = address;
    Path home = Files.createDirectories(folder.resolve("spark"));
    if (!Files.exists(home.resolve("RELEASE"))) {
      Files.createSymbolicLink(home.resolve("jars"), JARS);
      Files.createFile(home.resolve("RELEASE"));
    }
  }

  /** Starts a master on a free port. */
  public Process startMaster(Path log) throws IOException {
    return start(log, "master.Master", "--host", address, "--port", "0", "--webui-port", "0");
  }

  /** Starts a worker of the master at {@code url}; its executors write into {@code work}. */
  public Process startWorker(Path log, Path work, int cores, int memoryMiB, String url)
      throws IOException {
    return start(
        log,
        "worker.Worker",
        "--host",
        address,
        "--webui-port",
        "0",
        "--cores",
        Integer.toString(cores),
        "--memory",
        memoryMiB + "m",
        "--work-dir",
        work.toString(),
        url);
  }

  private Process start(Path log, String name, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(enter);
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", JARS + "/*", "org.apache.spark.deploy." + name));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().keySet().removeIf(variable -> variable.startsWith("SPARK_"));
    builder.environment().put("SPARK_HOME", folder.resolve("spark").toString());
    builder.environment().put("SPARK_CONF_DIR", folder.resolve("conf").toString());
    builder.environment().put("SPARK_LOCAL_IP", address);
    // As the scripts of a distribution have it.
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    return builder.start();
  }

  /** Waits until a master listens, and returns its URL. */
  public static String awaitMaster(Path log) throws IOException, InterruptedException {
    return await(log, "Starting Spark master at (spark://\\S+)");
  }

  /** Waits until the master knows a worker. */
  public static void awaitWorker(Path log) throws IOException, InterruptedException {
    await(log, "(Successfully registered with master)");
  }

  static String await(Path log, String regex) throws IOException, InterruptedException {
    Pattern pattern = Pattern.compile(regex);
    long deadline = System.nanoTime() + LONGEST.toNanos();
    while (System.nanoTime() < deadline) {
      Matcher matcher = pattern.matcher(Files.readString(log));
      if (matcher.find()) {
        return matcher.group(1);
      }
      Thread.sleep(50);
    }
    throw new IOException("no " + regex + " in:\n" + Files.readString(log));
  }
}
