/**
 * The plain scalar twin of every kernel: the specification, written to be obviously right and never
 * tuned. The vector kernels are held to these bits.
 */
package dev.convoy.kernel.reference;
