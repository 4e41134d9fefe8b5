/**
 * {@code convoy prepare} on executors: one job lists where images lie, one writes shards. May use
 * Spark and the data pipeline's preparation; knows no command line.
 */
package dev.convoy.spark.prepare;
