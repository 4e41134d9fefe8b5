package dev.convoy.spark.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.apache.spark.status.api.v1.ExecutorSummary;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Watches for executors of a local cluster that end before they have registered. Spark starts them
 * again and again and tells no listener; but each has a folder of its own for its output.
 */
final class ExecutorStarts {
  /** A single executor that ends may be bad luck. */
  private static final int TOO_MANY = 2;

  /**
   * How long executors must be missing: Spark tells of them a moment after it has made their
   * folders.
   */
  private static final Duration SETTLED = Duration.ofSeconds(1);

  private static final Pattern NO_REASON =
      Pattern.compile(
          "\\s*|\\s+at .*|\\s*\\.\\.\\. \\d+ more|WARNING: .*|Picked up .*|NOTE: Picked up .*"
              + "|={5,}|Spark Executor Command: .*"
              + "|Error: Could not create the Java Virtual Machine\\."
              + "|Error: A fatal exception has occurred\\. Program will exit\\.");

  private static final Pattern REASON =
      Pattern.compile(
          "(Caused by: |Exception in thread \"[^\"]*\" )?[\\w.$]+(Exception|Error)(: .*)?");

  private final SparkContext spark;
  private final int asked;
  private final Path folder;
  private long since = Long.MAX_VALUE;

  /**
   * Watches the executors of an application.
   *
   * @param asked how many there shall be
   * @param folder has a folder with the output of each that was started; need not exist
   */
  ExecutorStarts(SparkContext spark, int asked, Path folder) {
    this.spark = spark;
    this.asked = asked;
    this.folder = folder;
  }

  /**
   * Returns why executors end as they start, if they do: the last line of one's output, and its
   * file.
   */
  Optional<String> failure() {
    Set<String> known = new HashSet<>();
    int alive = 0;
    for (ExecutorSummary executor :
        CollectionConverters.asJava(spark.statusStore().executorList(false))) {
      known.add(executor.id());
      alive += executor.isActive() && !executor.id().equals("driver") ? 1 : 0;
    }
    List<Path> unknown = new ArrayList<>(started());
    unknown.removeIf(output -> known.contains(output.getFileName().toString()));
    int starting = Math.max(0, asked - alive);
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

  /**
   * Returns why executors ended as they started, for an application that Spark has ended already.
   */
  Optional<String> failureOfEnded() {
    List<Path> all = started();
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
      String reason = reason(lines(log));
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

  /**
   * Returns the last exception among the lines of a log, or else the last line that says something.
   */
  static String reason(List<String> lines) {
    List<String> telling =
        lines.stream().filter(line -> !NO_REASON.matcher(line).matches()).toList();
    for (int i = telling.size() - 1; i >= 0; i--) {
      if (REASON.matcher(telling.get(i)).matches()) {
        return telling.get(i).strip().replaceFirst("^Caused by: ", "");
      }
    }
    return telling.isEmpty() ? "" : telling.get(telling.size() - 1).strip();
  }
}
