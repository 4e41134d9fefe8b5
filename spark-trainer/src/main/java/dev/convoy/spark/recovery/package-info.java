/**
 * Recovery from the executors' memory: what a training task leaves in its executor's JVM when it
 * ends early ({@link dev.convoy.spark.recovery.ExecutorMemory}), and how the tasks of the next
 * attempt tell each other what is there ({@link dev.convoy.spark.recovery.Remnant}). Which step
 * they go on from is decided by {@link dev.convoy.train.Recovery}.
 *
 * <p>The package may use the engine and JSON. It knows nothing of configurations or Spark.
 */
package dev.convoy.spark.recovery;
