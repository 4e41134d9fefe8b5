/**
 * Convolutions as their definition reads: as matrix products over what a filter sees ({@code
 * Im2col}), or, where there are few channels, on planes of one channel and along a filter's taps.
 * May use {@code .gemm} and {@code .lanes}.
 */
package dev.convoy.kernel.vector.direct;
