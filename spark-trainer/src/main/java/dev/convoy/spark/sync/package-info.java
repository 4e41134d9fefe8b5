/**
 * Ways to keep replicas in step, one file each: {@link dev.convoy.spark.sync.AllReduce} and {@link
 * dev.convoy.spark.sync.Averaging}. They own the weights of an executor and decide when gradients
 * or weights are exchanged; may use the collectives, optimizers and worker threads, and know
 * nothing of data, networks or Spark.
 */
package dev.convoy.spark.sync;
