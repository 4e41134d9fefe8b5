package dev.convoy.spark.cluster;

import java.io.Serializable;
import java.util.List;
import java.util.concurrent.Callable;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;

/**
 * Work that gives a text, as Spark's Scala interface wants it; Spark has barrier stages for Scala
 * and Python only. Exceptions pass as they are, for their messages go to the user.
 */
final class TextTask extends AbstractFunction1<Iterator<Integer>, Iterator<String>>
    implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Work work;

  /** What runs on an executor. */
  @FunctionalInterface
  interface Work extends Callable<String>, Serializable {}

  TextTask(Work work) {
    this.work = work;
  }

  @Override
  public Iterator<String> apply(Iterator<Integer> ignored) {
    try {
      return CollectionConverters.asScala(List.of(work.call()).iterator());
    } catch (Exception e) {
      TextTask.<RuntimeException>rethrow(e);
      throw new AssertionError("unreachable", e);
    }
  }

  @SuppressWarnings("unchecked") // Erased: any exception passes the compiler as if it were E.
  private static <E extends Exception> void rethrow(Exception e) throws E {
    throw (E) e;
  }
}
