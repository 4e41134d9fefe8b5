/**
 * Weights as other programs see them: named float32 tensors in torch's element order, the
 * safetensors format, and the digest that a run prints.
 *
 * <p>Touches {@code java.io}, {@code java.nio} and Jackson's streaming parser; opens no file
 * itself: streams are given, so the same code serves local files, HDFS and sockets.
 */
package dev.convoy.weights;
