/**
 * The machine's vector as every other room uses it: how many lanes it has, copies of vectors, and
 * what keeps the states of two workers apart. Uses nothing but {@code dev.convoy.tensor} and {@code
 * jdk.incubator.vector}.
 */
package dev.convoy.kernel.vector.lanes;
