package dev.convoy.spark.cluster;

import java.util.Optional;

/**
 * The outcome of a task that Spark would repeat if it threw: its result, or a failure that it would
 * only meet again.
 *
 * @param <R> the result
 */
public sealed interface TaskReport<R> {
  /** The task is done. */
  record Done<R>(R result) implements TaskReport<R> {}

  /** The task failed, and would again. */
  record Failed<R>(TaskFailure failure) implements TaskReport<R> {}

  /** Runs a task, on the executor; what another try may heal is thrown. */
  static <R> TaskReport<R> of(ExecutorTask<R> task) throws Exception {
    try {
      return new Done<>(task.run());
    } catch (Exception | Error e) {
      Optional<TaskFailure> failure = TaskFailure.of(e);
      if (failure.isEmpty()) {
        throw e;
      }
      return new Failed<>(failure.get());
    }
  }
}
