/**
 * Makes shards of what people have: the images of a {@link dev.convoy.data.source.Source} are
 * listed and then written, part by part, by whoever runs {@link
 * dev.convoy.data.prepare.TaskRunner}. What is done survives an interruption; the result appears
 * whole or not at all. Touches files through Hadoop's {@code FileSystem} only; knows nothing of
 * Spark.
 */
package dev.convoy.data.prepare;
