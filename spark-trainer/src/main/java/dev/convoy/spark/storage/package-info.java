/**
 * How files are written through Hadoop's {@code FileSystem}: whole or not at all. May use Hadoop
 * only.
 */
package dev.convoy.spark.storage;
