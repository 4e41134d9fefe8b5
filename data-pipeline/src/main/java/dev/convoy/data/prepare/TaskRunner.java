package dev.convoy.data.prepare;

import java.io.IOException;
import java.util.List;

/** Runs the tasks of a preparation, on a cluster's executors or in this process. */
public interface TaskRunner {
  /**
   * Runs the tasks in any order, and returns their results in the order of the tasks.
   *
   * @throws dev.convoy.data.DataException if a task found bad data
   */
  <R> List<R> run(List<? extends PrepareTask<R>> tasks) throws IOException;
}
