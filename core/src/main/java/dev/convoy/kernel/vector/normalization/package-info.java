/**
 * Batch normalization, with the shortcut and ReLU that follow it in residual networks, and local
 * response normalization. May use {@code .elementwise} and {@code .lanes}.
 */
package dev.convoy.kernel.vector.normalization;
