/**
 * Sums and exchanges of {@code float} vectors between the ranks of a job: one operation a file,
 * each with its steps and its bytes on the wire in its comment.
 *
 * <p>{@link dev.convoy.collective.Collective} is the entry point. {@link
 * dev.convoy.collective.ReduceScatter} adds gradients in a tree that does not depend on the number
 * of ranks; {@link dev.convoy.collective.AllGather} spreads what each rank owns. The package may
 * use the JDK, {@code .transport} and the order of additions of {@code dev.convoy.tensor}; the
 * ranks' addresses and the job's secret are given by {@link
 * dev.convoy.collective.transport.MeshOptions}. docs/collectives.md describes the whole.
 */
package dev.convoy.collective;
