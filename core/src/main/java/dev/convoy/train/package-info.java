/**
 * The training step of one process, alone or as one rank of many: forward, loss and backward of its
 * virtual nodes ({@link dev.convoy.train.BatchGradients}), and the ways to keep replicas in step,
 * one file each ({@link dev.convoy.train.AllReduce}, {@link dev.convoy.train.Averaging}).
 *
 * <p>The package may use networks, losses, optimizers, collectives and worker threads. It knows
 * nothing of files, data formats or Spark.
 */
package dev.convoy.train;
