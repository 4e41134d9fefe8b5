package dev.convoy.spark.cluster;

import java.util.List;
import java.util.regex.Pattern;

/** The output of an executor that has ended: which of its lines says why. */
final class ExecutorLog {
  private static final Pattern NO_REASON =
      Pattern.compile(
          "\\s*|\\s+at .*|\\s*\\.\\.\\. \\d+ more|WARNING: .*|Picked up .*|NOTE: Picked up .*"
              + "|={5,}|Spark Executor Command: .*"
              + "|Error: Could not create the Java Virtual Machine\\."
              + "|Error: A fatal exception has occurred\\. Program will exit\\.");

  private static final Pattern REASON =
      Pattern.compile(
          "(Caused by: |Exception in thread \"[^\"]*\" )?[\\w.$]+(Exception|Error)(: .*)?");

  private ExecutorLog() {}

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
