package dev.convoy.spark.cluster;

/**
 * Work for an executor, with all that it needs to know. It travels by Kryo, as its result does, so
 * the classes of both are on the list of {@code ConvoyRegistrator}.
 *
 * @param <R> its result
 */
public interface ExecutorTask<R> {
  /** Runs on an executor, in one of Spark's tasks. */
  R run() throws Exception;
}
