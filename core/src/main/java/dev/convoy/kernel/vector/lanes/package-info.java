/**
 * The machine's vector as every other room uses it: how many lanes it has, and copies of vectors.
 * Uses nothing but {@code dev.convoy.tensor} and {@code jdk.incubator.vector}.
 */
package dev.convoy.kernel.vector.lanes;
