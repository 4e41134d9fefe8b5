/**
 * Sums and exchanges of {@code float} vectors between the ranks of a job, over sockets of our own.
 *
 * <p>Everything a training step says to other executors goes through here: {@link
 * dev.convoy.spark.collective.ReduceScatter} adds gradients in a tree that does not depend on the
 * number of ranks, {@link dev.convoy.spark.collective.AllGather} spreads what each rank owns.
 * {@link dev.convoy.spark.collective.Collective} is the door. The package names the JDK alone, not
 * Spark: who the ranks are, and what the secret is, comes in through {@link
 * dev.convoy.spark.collective.MeshOptions}. docs/collectives.md has the whole on one page.
 */
package dev.convoy.spark.collective;
