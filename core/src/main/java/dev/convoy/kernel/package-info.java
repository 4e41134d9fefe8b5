/**
 * What a layer may ask of the machine: one small interface for each family of kernels, and the
 * geometries they work on. {@code .reference} has the plain scalar twin of every kernel, which is
 * its specification; {@code .vector} has the Vector API implementation, which gives the same bits.
 * Kernels work on {@code float[]} in the layout of {@code dev.convoy.tensor} and know nothing of
 * layers or networks.
 *
 * <p>The rules that make results the same everywhere: each output element is one chain of fused
 * multiply-adds in the order that its interface states; vectors run over channels only, so that no
 * sum is ever split over lanes; no transcendental function of the Vector API is used.
 */
package dev.convoy.kernel;
