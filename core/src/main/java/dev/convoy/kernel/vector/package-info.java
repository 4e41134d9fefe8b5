/**
 * Kernels on the JDK's Vector API: the only package that names {@code jdk.incubator.vector}.
 * Vectors run over output channels, whose number is padded to 16, so 128-, 256- and 512-bit
 * machines give the same bits; the accumulators of each micro-kernel are locals of one method with
 * one counted loop, because the JIT boxes or spills them otherwise.
 */
package dev.convoy.kernel.vector;
