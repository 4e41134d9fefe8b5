/**
 * Weights as other programs see them: named float32 tensors in torch's element order, the
 * safetensors format, and the digest that a run prints.
 *
 * <p>The only package of the core that opens files. Most methods take streams, so the same code
 * serves local files and HDFS. May use the JDK and Jackson's streaming parser.
 */
package dev.convoy.weights;
