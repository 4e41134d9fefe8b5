/**
 * How the files of a run are written through Hadoop's {@code FileSystem}, whole or not at all, and
 * how weights are read back. May use Hadoop, networks and their tensors; not Spark.
 */
package dev.convoy.spark.storage;
