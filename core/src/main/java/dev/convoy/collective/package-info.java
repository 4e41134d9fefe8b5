/**
 * Sums and exchanges of {@code float} vectors between the ranks of a job: one algorithm a file,
 * each with its steps, its bytes on the wire, its partners and when it is chosen in its comment.
 *
 * <p>{@link dev.convoy.collective.Collective} is the entry point. {@link
 * dev.convoy.collective.ReduceScatter} adds gradients in a tree that does not depend on the number
 * of ranks; {@link dev.convoy.collective.AllGather} spreads what each rank owns. {@link
 * dev.convoy.collective.Algorithms} has the ways to do so, of which {@link
 * dev.convoy.collective.CollectivePlan} chooses, before the ranks are connected. The package may
 * use the JDK, {@code .transport} and the order of additions of {@code dev.convoy.tensor}; the
 * ranks' addresses and the job's secret are given by {@link
 * dev.convoy.collective.transport.MeshOptions}. docs/collectives.md describes the whole.
 */
package dev.convoy.collective;
