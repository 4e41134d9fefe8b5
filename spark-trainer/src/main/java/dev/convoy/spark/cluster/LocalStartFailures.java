package dev.convoy.spark.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Watches for executors of a local cluster that end before they have registered. Spark starts them
 * again and again and tells no listener; but each has a folder of its own for its output.
 */
final class LocalStartFailures implements StartFailures {
  /**
   * How long executors must be missing: Spark tells of them a moment after it has made their
   * folders.
   */
  private static final Duration SETTLED = Duration.ofSeconds(1);

  private final RegisteredExecutors registered;
  private final int asked;
  private final Path folder;
  private long since = Long.MAX_VALUE;

  /**
   * Watches the executors of an application.
   *
   * @param asked how many there shall be
   * @param folder has a folder with the output of each that was started; need not exist
   */
  LocalStartFailures(RegisteredExecutors registered, int asked, Path folder) {
    this.registered = registered;
    this.asked = asked;
    this.folder = folder;
  }

  @Override
  public Optional<String> failure() {
    // Whoever registers while the folders are listed must not seem to have ended.
    List<Path> unknown = new ArrayList<>(started());
    registered.refresh();
    unknown.removeIf(output -> registered.contains(output.getFileName().toString()));
    int starting = Math.max(0, asked - registered.active());
    if (unknown.size() - starting < TOO_MANY) {
      since = Long.MAX_VALUE;
      return Optional.empty();
    }
    long now = System.nanoTime();
    since = Math.min(since, now);
    return now - since < SETTLED.toNanos()
        ? Optional.empty()
        : Optional.of(lastLine(unknown.get(0)));
  }

  @Override
  public Optional<String> failureOfEnded() {
    List<Path> all = new ArrayList<>(started());
    all.removeIf(output -> registered.contains(output.getFileName().toString()));
    // So many may have been starting.
    return all.size() > asked ? Optional.of(lastLine(all.get(0))) : Optional.empty();
  }

  /** Returns the folders of all executors that were started, the first one first. */
  private List<Path> started() {
    try (Stream<Path> folders = Files.list(folder)) {
      return folders
          .filter(output -> output.getFileName().toString().matches("\\d{1,9}"))
          .sorted(Comparator.comparingInt(o -> Integer.parseInt(o.getFileName().toString())))
          .toList();
    } catch (IOException noneYet) {
      return List.of();
    }
  }

  /**
   * Returns the line that says why an executor ended: programs write exceptions to standard error,
   * a JVM that does not start writes to standard output.
   */
  private static String lastLine(Path output) {
    for (String stream : List.of("stderr", "stdout")) {
      Path log = output.resolve(stream);
      String reason = ExecutorLog.reason(lines(log));
      if (!reason.isEmpty()) {
        return "\"" + reason + "\" (the end of " + log + ")";
      }
    }
    return "nothing was written to " + output + "; Spark's log may say why";
  }

  private static List<String> lines(Path log) {
    try {
      return new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException thereIsNone) {
      return List.of();
    }
  }
}
