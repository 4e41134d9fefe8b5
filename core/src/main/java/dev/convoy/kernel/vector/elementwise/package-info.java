/**
 * Kernels that read the pixels once: activation functions, the addition of shortcuts, and the bias'
 * gradient. May use {@code .lanes}.
 */
package dev.convoy.kernel.vector.elementwise;
