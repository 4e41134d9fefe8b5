/**
 * Kernels on the JDK's Vector API, in one room for each family; only this package and its rooms
 * name {@code jdk.incubator.vector}. {@code VectorKernels} is the entrance; the rooms do not know
 * it.
 *
 * <p>Vectors run over output channels, whose number is padded to 16, so 128-, 256- and 512-bit
 * machines give the same bits; the accumulators of each micro-kernel are locals of one method with
 * one counted loop, because the JIT boxes or spills them otherwise.
 */
package dev.convoy.kernel.vector;
