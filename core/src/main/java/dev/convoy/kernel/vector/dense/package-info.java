/**
 * Fully connected layers. Each pass reads the matrix, which may be far larger than the cache, once
 * and in the order of memory. May use {@code .lanes}.
 */
package dev.convoy.kernel.vector.dense;
