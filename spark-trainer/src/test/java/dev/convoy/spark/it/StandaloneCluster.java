package dev.convoy.spark.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A master and workers of Spark's standalone cluster, from the jars of the build. */
final class StandaloneCluster implements AutoCloseable {
  private final Path folder;
  private final SparkDaemons daemons;
  private final List<Process> workers = new ArrayList<>();
  private final Process master;
  private final String url;
  private final URI page;
  private int started;

  private StandaloneCluster(Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    SparkDaemons daemons = new SparkDaemons(folder, List.of(), "127.0.0.1");
    Path log = folder.resolve("master.log");
    master = daemons.startMaster(log);
    url = SparkDaemons.awaitMaster(log);
    page = URI.create(SparkDaemons.await(log, "MasterWebUI.* started at (http://\\S+)"));
    this.daemons = daemons;
  }

  /** Starts a master that has no worker yet. */
  static StandaloneCluster start(Path folder) throws IOException, InterruptedException {
    return new StandaloneCluster(folder);
  }

  /** Starts a master whose daemons and drivers have these settings of Spark's in a file. */
  static StandaloneCluster start(Path folder, Map<String, String> settings)
      throws IOException, InterruptedException {
    Path conf = Files.createDirectories(folder.resolve("conf"));
    Files.write(
        conf.resolve("spark-defaults.conf"),
        settings.entrySet().stream().map(e -> e.getKey() + " " + e.getValue()).toList());
    return new StandaloneCluster(folder);
  }

  /** Returns the master's page. */
  URI page() {
    return page;
  }

  /** Returns the processes of the master, the workers and the executors. */
  List<ProcessHandle> processes() {
    return Stream.concat(Stream.of(master), workers.stream())
        .flatMap(daemon -> Stream.concat(Stream.of(daemon.toHandle()), daemon.descendants()))
        .toList();
  }

  /** Starts one worker more, and returns when the master knows it. */
  void addWorker(int cores, int memoryMiB) throws IOException, InterruptedException {
    started++;
    Path log = folder.resolve("worker-" + started + ".log");
    Path work = folder.resolve("work-" + started);
    workers.add(daemons.startWorker(log, work, cores, memoryMiB, url));
    SparkDaemons.awaitWorker(log);
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

  /** Runs {@code convoy} on this cluster. */
  Launcher master(Launcher launcher) {
    return launcher
        .env("SPARK_CONF_DIR", folder.resolve("conf").toString())
        .with(
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
