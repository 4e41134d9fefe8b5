package dev.convoy.spark.cluster;

import java.io.Serializable;
import java.util.List;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;

/**
 * Runs the one {@link ExecutorTask} of a partition. Spark carries functions by Java serialization,
 * so this one holds nothing: the task is the partition's data, which Kryo carries.
 *
 * <p>It is a Scala function because Spark has barrier stages for Scala and Python only. Exceptions
 * pass as they are, for their messages go to the user.
 */
final class TaskFunction extends AbstractFunction1<Iterator<ExecutorTask<?>>, Iterator<Object>>
    implements Serializable {
  private static final long serialVersionUID = 1L;

  private final boolean reports;

  /**
   * Creates the function.
   *
   * @param reports whether the result is a {@link TaskReport}, which tells of failures that last
   */
  TaskFunction(boolean reports) {
    this.reports = reports;
  }

  @Override
  public Iterator<Object> apply(Iterator<ExecutorTask<?>> partition) {
    ExecutorTask<?> task = partition.next();
    try {
      Object result = reports ? TaskReport.of(task) : task.run();
      return CollectionConverters.asScala(List.of(result).iterator());
    } catch (Exception e) {
      TaskFunction.<RuntimeException>rethrow(e);
      throw new AssertionError("unreachable", e);
    }
  }

  @SuppressWarnings("unchecked") // Erased: any exception passes the compiler as if it were E.
  private static <E extends Exception> void rethrow(Exception e) throws E {
    throw (E) e;
  }
}
