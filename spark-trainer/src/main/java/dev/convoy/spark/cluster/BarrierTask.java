package dev.convoy.spark.cluster;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.BarrierTaskContext;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;

/**
 * A {@link BarrierFunction} as Spark's Scala interface wants it; Spark has barrier stages for Scala
 * and Python only. Exceptions pass as they are, for their messages go to the user.
 */
final class BarrierTask extends AbstractFunction1<Iterator<Integer>, Iterator<String>>
    implements Serializable {
  private static final long serialVersionUID = 1L;

  private final BarrierFunction function;

  BarrierTask(BarrierFunction function) {
    this.function = function;
  }

  @Override
  public Iterator<String> apply(Iterator<Integer> ignored) {
    try {
      return CollectionConverters.asScala(
          List.of(function.call(BarrierTaskContext.get())).iterator());
    } catch (Exception e) {
      BarrierTask.<RuntimeException>rethrow(e);
      throw new AssertionError("unreachable", e);
    }
  }

  @SuppressWarnings("unchecked") // Erased: any exception passes the compiler as if it were E.
  private static <E extends Exception> void rethrow(Exception e) throws E {
    throw (E) e;
  }
}
