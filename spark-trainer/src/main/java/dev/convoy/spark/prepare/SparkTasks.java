package dev.convoy.spark.prepare;

import dev.convoy.data.DataException;
import dev.convoy.data.prepare.Tasks;
import dev.convoy.spark.cluster.ClusterException;
import dev.convoy.spark.cluster.SparkApplication;
import dev.convoy.spark.cluster.StageFailure;
import java.util.List;
import java.util.Locale;
import org.apache.spark.SparkException;

/** Runs a preparation's tasks on an application's executors. */
record SparkTasks(SparkApplication spark) implements Tasks {
  private static final String GOOD = "+";
  private static final String BAD = "!";

  /** How many problems are named. */
  private static final int MOST = 10;

  @Override
  public List<String> run(int parts, Task task) {
    if (parts == 0) {
      return List.of();
    }
    List<String> said;
    try {
      said = spark.each(parts, part -> outcome(task, part));
    } catch (SparkException e) {
      throw new ClusterException(
          "the preparation failed: "
              + StageFailure.of(e)
              + "; what is done is kept, and the same command goes on",
          e);
    }
    List<String> problems = said.stream().filter(text -> text.startsWith(BAD)).toList();
    if (!problems.isEmpty()) {
      throw new DataException(problems(problems, parts));
    }
    return said.stream().map(text -> text.substring(GOOD.length())).toList();
  }

  /** All in one go, as far as a person reads. */
  private static String problems(List<String> said, int parts) {
    List<String> different =
        said.stream().map(text -> text.substring(BAD.length())).distinct().toList();
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

  /** Bad data is said, not thrown: Spark would try the task again, and learn nothing new. */
  private static String outcome(Task task, int part) throws Exception {
    try {
      return GOOD + task.run(part);
    } catch (DataException e) {
      return BAD + e.getMessage();
    }
  }
}
