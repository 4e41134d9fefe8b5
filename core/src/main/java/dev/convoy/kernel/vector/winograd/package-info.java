/**
 * 3x3 convolutions with stride 1 by Winograd's algorithm, whose arithmetic {@code
 * dev.convoy.kernel.Winograd} states: transforms of tiles, and matrix products at each of the 36
 * points. May use {@code .gemm} and {@code .lanes}.
 */
package dev.convoy.kernel.vector.winograd;
