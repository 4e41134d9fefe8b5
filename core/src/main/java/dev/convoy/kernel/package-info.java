/**
 * The arithmetic of layers: one small interface for each family of kernels, and the geometries they
 * work on. {@code .reference} has the plain scalar twin of every kernel, which is its
 * specification; {@code .vector} has the Vector API implementation, which gives the same bits.
 * Kernels work on {@code float[]} in the layout of {@code dev.convoy.tensor} and know nothing of
 * layers or networks.
 *
 * <p>The rules that make results the same everywhere: each output element is one chain of fused
 * multiply-adds in the order that its interface states; vectors run over independent elements, and
 * where a sum has several chains, their number is fixed, so that no bit depends on the machine's
 * vector length; no transcendental function of the Vector API is used.
 */
package dev.convoy.kernel;
