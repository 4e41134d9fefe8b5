package dev.convoy.spark.recovery;

import dev.convoy.train.Holdings;
import dev.convoy.train.SliceVersions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What the training tasks of this executor's JVM have left behind, for those of the next attempt.
 * It is static because a task has nothing else that outlives it. An executor runs one task at a
 * time, so none leaves anything while another reads; in {@code local} mode several tasks share it.
 */
public final class ExecutorMemory {
  /** More than the steps of which there are versions. */
  private static final int MOST_STATES = 8;

  private static String job = "";
  private static List<SliceVersions> slices = List.of();
  private static List<LoopState> loop = List.of();
  private static long reported;

  private ExecutorMemory() {}

  /**
   * Leaves the state of a task that has ended early. What another job has left is forgotten.
   *
   * @param jobId the run's, the same for all its attempts
   * @param states the newest of the training loop
   * @param reportedStep the newest step whose metrics, if any were due, have been reported
   */
  public static synchronized void leave(
      String jobId, List<SliceVersions> versions, List<LoopState> states, long reportedStep) {
    boolean same = job.equals(jobId);
    reported = Math.max(same ? reported : 0, reportedStep);
    job = jobId;
    slices = joined(same ? slices : List.of(), versions);
    loop =
        joined(same ? loop : List.of(), states).stream()
            .sorted(Comparator.comparingLong(LoopState::after).reversed())
            .limit(MOST_STATES)
            .toList();
  }

  private static <T> List<T> joined(List<T> former, List<T> newer) {
    List<T> all = new ArrayList<>(former);
    all.addAll(newer);
    return List.copyOf(all);
  }

  /** Returns the slices that the job's tasks have left; none of those of another job. */
  public static synchronized List<SliceVersions> slices(String jobId) {
    return job.equals(jobId) ? slices : List.of();
  }

  /** Returns what this executor can tell the others. */
  public static synchronized Remnant remnant(String jobId) {
    boolean same = job.equals(jobId);
    return new Remnant(Holdings.of(slices(jobId)), same ? loop : List.of(), same ? reported : 0);
  }

  /** Forgets slices, once a new attempt has them. */
  public static synchronized void forget(List<SliceVersions> versions) {
    List<SliceVersions> left = new ArrayList<>(slices);
    left.removeAll(versions);
    slices = List.copyOf(left);
  }
}
