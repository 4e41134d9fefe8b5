package dev.convoy.spark.it.chaos;

import dev.convoy.spark.it.Launcher;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A training on a cluster, carried by one driver after another. */
final class TrainingRun implements AutoCloseable {
  private static final String HASH = "weights sha256=";
  private static final int BATCH = 128;

  private final ChaosCluster cluster;
  private final Path folder;
  private final Path output;
  private final long steps;
  private final Progress progress;
  private final List<String> lines = new ArrayList<>();
  private final long start = System.nanoTime();
  private int drivers;
  private Process driver;
  private Thread reader;

  TrainingRun(ChaosCluster cluster, Path folder, Path output, long steps) throws IOException {
    this.cluster = cluster;
    this.folder = Files.createDirectories(folder);
    this.output = output;
    this.steps = steps;
    progress = new Progress(output.resolve("metrics.jsonl"));
    startDriver();
  }

  private void startDriver(String... arguments) throws IOException {
    Host host = cluster.network().center();
    ProcessBuilder process =
        Launcher.shortTraining(folder, Launcher.MODERN)
            .output(output.toString())
            .executors(cluster.workers(), 1)
            .set("train.steps", steps)
            .set("train.batch-size", BATCH)
            .set("checkpoint.every", "\"20 steps\"")
            .set("output.metrics-every", 1)
            .set("cluster.timeouts.collective", "3s")
            .set("cluster.replicas", 1)
            .with("--master", cluster.url(), "--conf", "spark.ui.enabled=false")
            .with("--conf", "spark.driver.host=" + host.address())
            .with("--conf", "spark.driver.bindAddress=" + host.address())
            .with(arguments)
            .process();
    process.command().addAll(0, host.enter());
    drivers++;
    process.redirectError(folder.resolve("stderr-" + drivers + ".txt").toFile());
    driver = process.start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(driver.getInputStream(), StandardCharsets.UTF_8));
    reader = new Thread(() -> read(out), "driver-stdout-" + drivers);
    reader.setDaemon(true);
    reader.start();
  }

  private void read(BufferedReader out) {
    try (out) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        synchronized (lines) {
          lines.add(line);
        }
        progress.line(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Progress progress() {
    return progress;
  }

  Path output() {
    return output;
  }

  long steps() {
    return steps;
  }

  /** Kills the driver and returns when it is gone. */
  void killDriver() throws InterruptedException {
    driver.destroyForcibly().waitFor();
    reader.join();
  }

  /** Starts another driver, which goes on where the last has ended. */
  void resume() throws IOException {
    startDriver("--resume");
  }

  /** Returns how many drivers have carried it so far. */
  int drivers() {
    return drivers;
  }

  boolean hasEnded() {
    return !driver.isAlive();
  }

  /** Returns the hash of the weights, if the driver has come to the end of the run. */
  Optional<String> hash() throws InterruptedException {
    if (driver.isAlive() || driver.exitValue() != 0) {
      return Optional.empty();
    }
    reader.join();
    synchronized (lines) {
      return lines.stream().filter(line -> line.startsWith(HASH)).reduce((first, last) -> last);
    }
  }

  /** Returns the time since the begin of the run. */
  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** Returns what the driver has said last, on standard output and standard error. */
  String lastWords() throws IOException {
    List<String> words;
    synchronized (lines) {
      words = new ArrayList<>(lines.subList(Math.max(0, lines.size() - 5), lines.size()));
    }
    try (Stream<String> errors = Files.lines(folder.resolve("stderr-" + drivers + ".txt"))) {
      errors.limit(5).forEach(words::add);
    }
    return String.join("\n    ", words);
  }

  @Override
  public void close() {
    driver.destroyForcibly();
  }
}
