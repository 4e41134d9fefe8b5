package dev.convoy.spark.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The secrets of a job, Spark's and Convoy's, are in no argument, log, page, event log, output or
 * scratch file, nor in the variables of a process, except where Spark itself hands its own to an
 * executor.
 */
class SecretsIT {
  private static final String OF_SPARK = "ThisIsTheSecretOfTheWholeCluster0815";

  /** By this variable a worker gives Spark's secret to the executors it starts. */
  private static final String SPARKS_OWN_WAY = "_SPARK_AUTH_SECRET=" + OF_SPARK;

  @TempDir Path folder;
  @TempDir Path dumps;

  private final Leaks leaks = new Leaks();

  @Test
  void noSecretIsToldWithEncryption() throws Exception {
    assertNoSecretIsTold(true);
  }

  @Test
  void noSecretIsToldInTheClear() throws Exception {
    assertNoSecretIsTold(false);
  }

  private void assertNoSecretIsTold(boolean encrypt) throws Exception {
    Path events = Files.createDirectory(folder.resolve("events"));
    Map<String, String> settings = new TreeMap<>();
    settings.put("spark.authenticate", "true");
    settings.put("spark.authenticate.secret", OF_SPARK);
    settings.put("spark.network.crypto.enabled", Boolean.toString(encrypt));
    settings.put("spark.eventLog.enabled", "true");
    settings.put("spark.eventLog.dir", events.toUri().toString());
    settings.put("spark.ui.port", "0");
    settings.put("spark.local.dir", folder.resolve("scratch").toString());
    leaks.add("Spark's secret", OF_SPARK);
    try (StandaloneCluster cluster = StandaloneCluster.start(folder, settings)) {
      cluster.addWorker(2, 2560);
      Running running =
          cluster
              .master(
                  Launcher.shortTraining(folder, Launcher.MODERN)
                      .executors(2, 1)
                      .set("train.steps", 100_000)
                      .set("checkpoint.every", "\"20 steps\""))
              .start();
      running.awaitCheckpoint(20);
      leaks.add("Convoy's secret", secretOfConvoy(running));
      List<ProcessHandle> processes =
          Stream.concat(
                  cluster.processes().stream(),
                  Stream.concat(Stream.of(running.driver()), running.driver().descendants()))
              .toList();
      assertTrue(processes.size() >= 5, processes::toString);
      for (ProcessHandle process : processes) {
        searchProcess(process);
      }
      searchPages(cluster);
      searchFiles();
      running.signal("TERM");
      running.await();
      searchFiles();
    }
    assertTrue(leaks.searched() > 50, () -> leaks.searched() + " places");
    assertEquals(List.of(), leaks.found());
  }

  private byte[] secretOfConvoy(Running running) throws Exception {
    List<byte[]> secrets =
        HeapDump.arraysOf(
                running.driver(), "dev.convoy.spark.train.JobSecret", dumps.resolve("driver.hprof"))
            .stream()
            .filter(bytes -> bytes.length == 32)
            .toList();
    assertEquals(1, secrets.size(), () -> secrets.stream().map(Arrays::toString).toList() + "");
    return secrets.get(0);
  }

  /** Its arguments, as {@code ps} shows them, and its variables. */
  private void searchProcess(ProcessHandle process) throws IOException {
    Path proc = Path.of("/proc", Long.toString(process.pid()));
    if (Files.isReadable(proc.resolve("environ"))) {
      String arguments = Files.readString(proc.resolve("cmdline"), StandardCharsets.ISO_8859_1);
      leaks.search("the arguments of " + process.pid(), arguments);
      String variables = Files.readString(proc.resolve("environ"), StandardCharsets.ISO_8859_1);
      boolean executor = arguments.contains("CoarseGrainedExecutorBackend");
      leaks.search(
          "the variables of " + arguments.replace('\0', ' '),
          Stream.of(variables.split("\0", -1))
              .filter(variable -> !executor || !variable.equals(SPARKS_OWN_WAY))
              .collect(Collectors.joining("\0")));
    }
  }

  /** The pages of the driver, with the settings and the threads, and those of the daemons. */
  private void searchPages(StandaloneCluster cluster) throws Exception {
    String application = inLogs("(app-\\d+-\\d+)");
    String details = page(cluster.page().resolve("/app/?appId=" + application));
    Matcher link =
        Pattern.compile("href=\"(http://[^\"]+)\">Application Detail UI").matcher(details);
    assertTrue(link.find(), details);
    URI driver = URI.create(link.group(1));
    String api = "/api/v1/applications/" + application;
    String environment = page(driver.resolve(api + "/environment"));
    assertTrue(environment.contains("spark.authenticate.secret"), environment);
    for (String page :
        List.of(
            "/environment/",
            "/executors/",
            "/executors/threadDump/?executorId=driver",
            "/executors/threadDump/?executorId=0",
            "/jobs/",
            "/stages/",
            "/stages/stage/?id=0&attempt=0",
            api + "/jobs",
            api + "/stages",
            api + "/executors")) {
      page(driver.resolve(page));
    }
    page(cluster.page());
    page(cluster.page().resolve("/json/"));
    page(cluster.page().resolve("/environment/"));
  }

  private String page(URI address) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(address).build(),
                HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    assertEquals(200, answer.statusCode(), address + "\n" + answer.body());
    leaks.search(address.getPath(), answer.body());
    return answer.body();
  }

  private String inLogs(String regex) throws IOException {
    try (Stream<Path> logs = Files.list(folder.resolve("logs"))) {
      for (Path log : logs.toList()) {
        Matcher matcher = Pattern.compile(regex).matcher(Files.readString(log));
        if (matcher.find()) {
          return matcher.group(1);
        }
      }
    }
    throw new IOException("no " + regex + " in the driver's log");
  }

  /**
   * Logs, the event log, what was written of the run, and Spark's scratch, but not the settings.
   */
  private void searchFiles() throws IOException {
    leaks.searchFiles(folder, folder.resolve("conf"));
  }
}
