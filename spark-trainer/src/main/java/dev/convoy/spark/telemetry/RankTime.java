package dev.convoy.spark.telemetry;

/**
 * What a step took on one executor, as the mean since the last report.
 *
 * @param rank its number
 * @param host where it runs
 * @param virtualNodes that it computes
 * @param dataMillis waiting for microbatches, and copying them
 * @param computeMillis forward and backward
 * @param waitedMillis waiting for the exchange with other executors
 * @param waitedFor the rank whose frames it waited for the longest; its own if there was none
 */
public record RankTime(
    int rank,
    String host,
    int virtualNodes,
    double dataMillis,
    double computeMillis,
    double waitedMillis,
    int waitedFor) {
  /** Returns the milliseconds of a virtual node, by which executors are compared. */
  double perVirtualNode() {
    return (dataMillis + computeMillis) / virtualNodes;
  }
}
