package dev.convoy.kernel.vector.winograd;

import dev.convoy.kernel.ConvolutionGeometry;
import dev.convoy.kernel.vector.gemm.GemmMacroKernel;
import dev.convoy.kernel.vector.lanes.WorkerState;
import dev.convoy.tensor.Layout;

/** The buffers with which one worker computes its part of a filter's gradient, under any plan. */
final class WinogradWeightShare extends WorkerState {
  final WinogradTiles inputTiles;
  final WinogradTiles outputTiles;
  final GemmMacroKernel product = new GemmMacroKernel();
  final VectorLines source = new VectorLines();
  final VectorLines target = new VectorLines();
  final float[] zeros = new float[2 * Layout.LANES];

  float[] scratch;

  /** The index of the worker's buffer between two transforms. */
  int buffer;

  WinogradWeightShare(ConvolutionGeometry g) {
    inputTiles = WinogradTiles.ofInput(g.input(), g.padding(), g.output());
    outputTiles = WinogradTiles.ofOutputGradient(g.output());
  }

  /** Sets the scratch memory of a pass. */
  void begin(float[] scratch, int buffer) {
    this.scratch = scratch;
    this.buffer = buffer;
    inputTiles.with(scratch, buffer);
    outputTiles.with(scratch, buffer);
  }
}
