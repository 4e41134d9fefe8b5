package dev.convoy.data.prepare;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/** Runs the parts of a job, on a cluster's executors or in this process. */
@FunctionalInterface
public interface TaskRunner {
  /**
   * Runs {@code task} for every part from 0 on, in any order and more than once where a machine is
   * lost, and returns what each said, in the order of the parts.
   *
   * @throws dev.convoy.data.DataException if a task found bad data
   */
  List<String> run(int parts, Task task) throws IOException;

  /** One part of a job; what it says is one line of text. */
  @FunctionalInterface
  interface Task extends Serializable {
    /** Runs wherever there is room. */
    String run(int part) throws Exception;
  }
}
