package dev.convoy.spark.cluster;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.spark.SparkContext;
import org.apache.spark.status.api.v1.ExecutorSummary;
import scala.jdk.javaapi.CollectionConverters;

/**
 * All executors that have ever registered with the driver. Spark itself forgets the first of those
 * that have ended, and a long run loses many.
 */
final class RegisteredExecutors {
  private final SparkContext spark;
  private final Predicate<String> leftOut;
  private final Set<String> known = new HashSet<>();
  private int active;

  /**
   * Creates the list.
   *
   * @param leftOut whether an executor is not counted any more
   */
  RegisteredExecutors(SparkContext spark, Predicate<String> leftOut) {
    this.spark = spark;
    this.leftOut = leftOut;
  }

  /** Asks Spark who is there now; the last answer stays if it has stopped. */
  void refresh() {
    if (spark.isStopped()) {
      return;
    }
    active = 0;
    for (ExecutorSummary executor :
        CollectionConverters.asJava(spark.statusStore().executorList(false))) {
      String id = executor.id();
      known.add(id);
      active += executor.isActive() && !id.equals("driver") && !leftOut.test(id) ? 1 : 0;
    }
  }

  /** Returns whether the executor of this number has ever been there. */
  boolean contains(String id) {
    return known.contains(id);
  }

  /** Returns how many are there. */
  int active() {
    return active;
  }
}
