package dev.convoy.spark.cluster;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkException;

/**
 * The sentence that tells a person of a failed stage. Spark gives a stack trace as text; what
 * matters of it is the exception of the task that failed first, or the executor that was lost.
 */
public final class StageFailure {
  private static final Pattern EXECUTOR_LOST =
      Pattern.compile("ExecutorLostFailure \\(executor (\\S+) [^)]*\\) Reason: ([^\\n]*)");
  private static final Pattern EXCEPTION =
      Pattern.compile("(?:[a-z]\\w*\\.)+(\\w*(?:Exception|Error)): ([^\\n]+)");

  /** 52 is Spark's own status of a JVM whose heap was full. */
  private static final List<String> HEAP_FULL = List.of("exited with code 52", "outofmemory");

  /** 128 and SIGKILL: a person, or a system short of memory, where a larger heap is no help. */
  private static final String KILLED = "exited with code 137";

  private StageFailure() {}

  /** Returns one sentence, without a trace. */
  public static String of(SparkException failure) {
    String text = String.valueOf(failure.getMessage());
    Matcher lost = EXECUTOR_LOST.matcher(text);
    String sentence;
    if (lost.find()) {
      sentence = "executor %s was lost: %s".formatted(lost.group(1), lost.group(2).strip());
    } else {
      Matcher exception = EXCEPTION.matcher(text);
      sentence =
          exception.find()
              ? exception.group(2).strip()
              : text.lines().findFirst().orElse("no reason given");
    }
    return sentence + advice(text.toLowerCase(Locale.ROOT));
  }

  /** Returns whether a heap was full, by Spark's text. */
  static boolean isHeapFull(SparkException failure) {
    return isHeapFull(String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT));
  }

  private static boolean isHeapFull(String lower) {
    return HEAP_FULL.stream().anyMatch(lower::contains);
  }

  private static String advice(String lower) {
    if (isHeapFull(lower)) {
      return " (out of memory: raise cluster.memory)";
    }
    return lower.contains(KILLED) ? " (killed, perhaps by a system short of memory)" : "";
  }
}
