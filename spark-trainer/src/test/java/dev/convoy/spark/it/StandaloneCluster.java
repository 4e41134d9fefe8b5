package dev.convoy.spark.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A master and workers of Spark's standalone cluster, from the jars of the build. */
final class StandaloneCluster implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final Path JARS = Launcher.REPOSITORY.resolve("spark-trainer/target/spark/jars");

  private final Path folder;
  private final List<Process> workers = new ArrayList<>();
  private final Process master;
  private final String url;
  private final URI page;
  private int started;

  private StandaloneCluster(Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    Path home = Files.createDirectories(folder.resolve("spark"));
    Files.createSymbolicLink(home.resolve("jars"), JARS);
    Files.createFile(home.resolve("RELEASE"));
    Path log = folder.resolve("master.log");
    master =
        daemon(log, "master.Master", "--host", "127.0.0.1", "--port", "0", "--webui-port", "0");
    url = await(log, "Starting Spark master at (spark://\\S+)");
    page = URI.create(await(log, "MasterWebUI.* started at (http://\\S+)"));
  }

  /** Starts a master that has no worker yet. */
  static StandaloneCluster start(Path folder) throws IOException, InterruptedException {
    return new StandaloneCluster(folder);
  }

  /** Starts one worker more, and returns when the master knows it. */
  void addWorker(int cores, int memoryMiB) throws IOException, InterruptedException {
    started++;
    Path log = folder.resolve("worker-" + started + ".log");
    workers.add(
        daemon(
            log,
            "worker.Worker",
            "--host",
            "127.0.0.1",
            "--webui-port",
            "0",
            "--cores",
            Integer.toString(cores),
            "--memory",
            memoryMiB + "m",
            "--work-dir",
            folder.resolve("work-" + started).toString(),
            url));
    await(log, "(Successfully registered with master)");
  }

  /** Kills all workers with the executors that they have started. */
  void killWorkers() {
    for (Process worker : workers) {
      List<ProcessHandle> executors = worker.descendants().toList();
      worker.destroyForcibly();
      executors.forEach(ProcessHandle::destroyForcibly);
    }
    workers.clear();
  }

  private Process daemon(Path log, String name, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
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
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    // As the scripts of a distribution have it.
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    return builder.start();
  }

  private static String await(Path log, String regex) throws IOException, InterruptedException {
    Pattern pattern = Pattern.compile(regex);
    long deadline = System.nanoTime() + LONGEST.toNanos();
    while (System.nanoTime() < deadline) {
      Matcher matcher = pattern.matcher(Files.readString(log));
      if (matcher.find()) {
        return matcher.group(1);
      }
      Thread.sleep(50);
    }
    return fail("no " + regex + " in:\n" + Files.readString(log));
  }

  /** Runs {@code convoy} on this cluster. */
  Launcher master(Launcher launcher) {
    return launcher.with(
        "--master",
        url,
        "--conf",
        "spark.driver.host=127.0.0.1",
        "--conf",
        "spark.driver.bindAddress=127.0.0.1");
  }

  /** Kills the application that runs, as a person does by the link on the master's page. */
  void killApplication() throws IOException, InterruptedException {
    Matcher application =
        Pattern.compile("app-\\d+-\\d+").matcher(Files.readString(folder.resolve("master.log")));
    String id = null;
    while (application.find()) {
      id = application.group();
    }
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(page.resolve("/app/kill/?terminate=true&id=" + id))
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertEquals(3, answer.statusCode() / 100, answer::body);
  }

  @Override
  public void close() {
    killWorkers();
    master.destroyForcibly();
  }
}
