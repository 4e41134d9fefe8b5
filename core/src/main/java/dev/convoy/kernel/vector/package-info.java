/**
 * Kernels on the JDK's Vector API, in one room (package) for each family; only this package and its
 * rooms name {@code jdk.incubator.vector}. {@code VectorKernels} is the entrance; the rooms do not
 * know it.
 *
 * <p>Vectors mostly run over output channels, whose number is padded to 16, and always over
 * independent elements or sixteen fixed lanes, so 128-, 256- and 512-bit machines give the same
 * bits; the accumulators of each micro-kernel are local variables of one method with one counted
 * loop, because the JIT otherwise boxes or spills them.
 */
package dev.convoy.kernel.vector;
