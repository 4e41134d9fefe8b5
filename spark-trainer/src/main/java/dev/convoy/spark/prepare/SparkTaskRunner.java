package dev.convoy.spark.prepare;

import dev.convoy.data.DataException;
import dev.convoy.data.prepare.PrepareTask;
import dev.convoy.data.prepare.TaskRunner;
import dev.convoy.spark.cluster.ClusterException;
import dev.convoy.spark.cluster.HadoopSettings;
import dev.convoy.spark.cluster.Interruption;
import dev.convoy.spark.cluster.SparkApplication;
import dev.convoy.spark.cluster.StageFailure;
import dev.convoy.spark.cluster.TaskFailure;
import dev.convoy.spark.cluster.TaskReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.SparkException;

/** Runs a preparation's tasks on an application's executors. */
record SparkTaskRunner(SparkApplication spark, HadoopSettings hadoop) implements TaskRunner {
  /** How many problems are named. */
  private static final int MOST = 10;

  @Override
  public <R> List<R> run(List<? extends PrepareTask<R>> tasks) {
    if (tasks.isEmpty()) {
      return List.of();
    }
    List<TaskReport<R>> reports;
    try {
      reports =
          spark.each(tasks.stream().map(task -> new SparkPrepareTask<R>(hadoop, task)).toList());
    } catch (SparkException e) {
      Interruption.awaitEnd();
      throw failed(StageFailure.of(e), e);
    }
    List<R> results = new ArrayList<>();
    List<TaskFailure> failures = new ArrayList<>();
    for (TaskReport<R> report : reports) {
      if (report instanceof TaskReport.Done<R> done) {
        results.add(done.result());
      } else if (report instanceof TaskReport.Failed<R> failed) {
        failures.add(failed.failure());
      }
    }
    // The machine's failures come first: bad data is looked at when there is a disk to write it to.
    for (TaskFailure failure : failures) {
      if (!failure.refused()) {
        throw failed(failure.sentence(), null);
      }
    }
    if (!failures.isEmpty()) {
      throw new DataException(problems(failures, tasks.size()));
    }
    return results;
  }

  /** Returns all problems in one sentence, as far as a person reads. */
  private static String problems(List<TaskFailure> failures, int parts) {
    List<String> different = failures.stream().map(TaskFailure::sentence).distinct().toList();
    String named = String.join("; ", different.subList(0, Math.min(different.size(), MOST)));
    return different.size() <= MOST
        ? named
        : named
            + String.format(
                Locale.ROOT,
                "; and %,d of %,d parts of the input more",
                different.size() - MOST,
                parts);
  }

  private static ClusterException failed(String sentence, Exception cause) {
    return new ClusterException(
        "the preparation failed: "
            + sentence
            + "; what is done is kept, and the same command goes on",
        cause);
  }
}
