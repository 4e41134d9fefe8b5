package dev.convoy.spark.it;

import static org.junit.jupiter.api.Assertions.fail;

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
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The launcher at work, and the processes it has started. */
final class Running {
  private static final String EXECUTOR = "CoarseGrainedExecutorBackend";
  private static final Duration LONGEST = Duration.ofMinutes(4);

  private final Process process;
  private final Path errors;
  private final long start = System.nanoTime();
  private final List<String> lines = new ArrayList<>();
  private final Thread reader = new Thread(this::read, "convoy-stdout");

  Running(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        synchronized (lines) {
          lines.add(line);
          lines.notifyAll();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for a line on standard output that has a match of {@code regex}. */
  void awaitLine(String regex) throws InterruptedException, IOException {
    awaitLines(List.of(regex));
  }

  /** Waits for a checkpoint; one may be left out while the one before is still being written. */
  void awaitCheckpoint(int atLeast) throws InterruptedException, IOException {
    Pattern checkpoint = Pattern.compile("checkpoint at step (\\d+)");
    awaitLines(
        List.of(
            line -> {
              Matcher matcher = checkpoint.matcher(line);
              return matcher.matches() && Integer.parseInt(matcher.group(1)) >= atLeast;
            }),
        "checkpoint at step " + atLeast + " or later");
  }

  /** Waits for lines with matches of these expressions, in this order, whatever is between. */
  void awaitLines(List<String> regexes) throws InterruptedException, IOException {
    awaitLines(
        regexes.stream().map(regex -> Pattern.compile(regex).asPredicate()).toList(),
        String.join(" … ", regexes));
  }

  private void awaitLines(List<Predicate<String>> expected, String what)
      throws InterruptedException, IOException {
    long deadline = System.nanoTime() + LONGEST.toNanos();
    int seen = 0;
    int met = 0;
    synchronized (lines) {
      while (true) {
        for (; seen < lines.size(); seen++) {
          if (expected.get(met).test(lines.get(seen)) && ++met == expected.size()) {
            return;
          }
        }
        if (!reader.isAlive() || System.nanoTime() > deadline) {
          String said = String.join("\n", lines);
          process.descendants().forEach(ProcessHandle::destroyForcibly);
          process.destroyForcibly();
          fail("no line " + what + " in:\n" + said + Files.readString(errors));
        }
        lines.wait(200);
      }
    }
  }

  /** The executors' processes that are alive. */
  List<ProcessHandle> executors() {
    return process
        .descendants()
        .filter(Running::isExecutor)
        .filter(ProcessHandle::isAlive)
        .toList();
  }

  private static boolean isExecutor(ProcessHandle candidate) {
    // A shell or a JVM in between, which has the class in its arguments too, is no executor.
    return candidate.info().commandLine().orElse("").contains(EXECUTOR)
        && candidate.info().command().orElse("").endsWith("java");
  }

  /** Returns the process of the driver, which the launcher has become. */
  ProcessHandle driver() {
    return process.toHandle();
  }

  /** The driver, which the launcher has become, dies at once and cleans nothing up. */
  void killDriver() {
    process.destroyForcibly();
  }

  /** The driver gets a signal, such as TERM. */
  void signal(String name) throws IOException, InterruptedException {
    signal(name, process.toHandle());
  }

  /** Any process gets a signal. */
  static void signal(String name, ProcessHandle process) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  Ended await() throws InterruptedException, IOException {
    if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      fail("still running after " + LONGEST + ":\n" + String.join("\n", snapshot()));
    }
    reader.join(TimeUnit.SECONDS.toMillis(20));
    return new Ended(
        process.exitValue(),
        snapshot(),
        Files.readString(errors),
        Duration.ofNanos(System.nanoTime() - start));
  }

  private List<String> snapshot() {
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }
}
