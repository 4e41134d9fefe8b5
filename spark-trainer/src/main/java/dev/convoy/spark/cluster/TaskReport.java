package dev.convoy.spark.cluster;

import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * What a task that Spark would repeat says in place of throwing: its result, or a failure that it
 * would only meet again. It travels as text, which any serializer knows.
 */
public sealed interface TaskReport {
  /** It is done. */
  record Done(String result) implements TaskReport {}

  /** It failed, and would again. */
  record Failed(TaskFailure failure) implements TaskReport {}

  /** Runs a task, on the executor; what another try may heal is thrown. */
  static String of(Callable<String> task) throws Exception {
    try {
      return "+" + task.call();
    } catch (Exception | Error e) {
      Optional<TaskFailure> failure = TaskFailure.of(e);
      if (failure.isEmpty()) {
        throw e;
      }
      return (failure.get().refused() ? "!" : "-") + failure.get().sentence();
    }
  }

  /** Reads, in the driver, what {@link #of} has said. */
  static TaskReport parse(String said) {
    String text = said.substring(1);
    return said.charAt(0) == '+'
        ? new Done(text)
        : new Failed(new TaskFailure(said.charAt(0) == '!', text));
  }
}
