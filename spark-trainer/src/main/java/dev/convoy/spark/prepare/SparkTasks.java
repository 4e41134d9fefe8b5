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
      String first = problems.get(0).substring(BAD.length());
      throw new DataException(
          problems.size() == 1
              ? first
              : first
                  + String.format(
                      Locale.ROOT, " (and %d of %d parts more)", problems.size() - 1, parts));
    }
    return said.stream().map(text -> text.substring(GOOD.length())).toList();
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
