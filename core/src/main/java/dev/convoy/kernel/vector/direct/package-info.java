/**
 * Convolutions by their definition: as matrix products over the values that a filter sees ({@code
 * Im2col}), or, where there are few channels, on planes of one channel ({@code NchwCopy}) and along
 * a filter's taps. May use {@code .gemm} and {@code .lanes}.
 */
package dev.convoy.kernel.vector.direct;
