/**
 * Labelled images for training: what a dataset is, the list of formats, and the order in which a
 * run visits the samples, which is a pure function of seed and epoch.
 *
 * <p>The formats live in packages of their own ({@code idx}, {@code shard}); {@code augment} makes
 * a network's input of a sample, {@code loader} fills microbatches ahead of the workers. Touches
 * files through Hadoop's {@code FileSystem} only; knows nothing of Spark.
 */
package dev.convoy.data;
