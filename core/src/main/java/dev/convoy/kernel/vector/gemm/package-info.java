/**
 * Matrix products: packing of the left operand, the macro-kernel that cuts a product into tiles,
 * and the generated micro-kernels ({@code src/build/java/microkernels}) that compute one tile each.
 * May use {@code .lanes}; knows nothing of convolutions.
 */
package dev.convoy.kernel.vector.gemm;
