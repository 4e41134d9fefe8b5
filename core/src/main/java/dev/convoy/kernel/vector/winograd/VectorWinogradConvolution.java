package dev.convoy.kernel.vector.winograd;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.BiasGradientKernel;
import dev.convoy.kernel.ConvolutionGeometry;
import dev.convoy.kernel.ConvolutionKernel;
import dev.convoy.kernel.Epilogue;
import dev.convoy.kernel.VirtualNodeTree;
import dev.convoy.kernel.Winograd;
import dev.convoy.kernel.Workspace;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Tensor;

/** The arithmetic of {@link Winograd} on vectors of channels. */
public final class VectorWinogradConvolution implements ConvolutionKernel {
  private final ConvolutionGeometry g;
  private final Workspace workspace;
  private final BiasGradientKernel biasGradient;
  private final WinogradFilters upright;
  private final WinogradPass forward;
  private final WinogradFilters rotated;
  private final WinogradPass backward;
  private final WinogradWeightGradient weightGradient;
  private final float[] none;

  /** Transformed filters of weights that never change, or null. */
  private final float[] kept;

  private boolean transformed;

  public VectorWinogradConvolution(
      ConvolutionGeometry geometry, Workspace workspace, BiasGradientKernel biasGradient) {
    g = geometry;
    this.workspace = workspace;
    this.biasGradient = biasGradient;
    upright = new WinogradFilters(geometry, false, workspace.workers());
    forward = new WinogradPass(geometry, upright, workspace);
    rotated = new WinogradFilters(geometry, true, workspace.workers());
    backward = new WinogradPass(Winograd.rotated(geometry), rotated, workspace);
    kept = workspace.constantWeights() ? workspace.keep(Layout.ALIGNMENT + upright.length()) : null;
    none = new float[Math.max(g.outputStride(), g.inputGradientStride())];
    forward.reserve();
    if (workspace.constantWeights()) {
      weightGradient = null;
    } else {
      backward.reserve();
      weightGradient = new WinogradWeightGradient(geometry, workspace);
    }
  }

  @Override
  public void forward(
      Worker worker,
      int images,
      Tensor input,
      float[] weights,
      int filter,
      int bias,
      Epilogue epilogue,
      Tensor output) {
    float[] filters = kept == null ? workspace.scratch() : kept;
    if (!transformed) {
      int own = forward.scratchAt(worker.index());
      transform(worker, upright, weights, filter, own, filters);
      // No worker re-enters before the next barrier.
      transformed = kept != null;
    }
    float[] biases = bias < 0 ? none : weights;
    forward.run(worker, images, input, filters, biases, Math.max(bias, 0), epilogue, output);
  }

  private void transform(
      Worker worker, WinogradFilters filters, float[] weights, int filter, int own, float[] to) {
    filters.transform(worker, weights, filter, workspace.scratch(), own, to, Layout.ALIGNMENT);
    worker.barrier();
  }

  @Override
  public void inputGradient(
      Worker worker,
      int images,
      Tensor outputGradient,
      float[] weights,
      int filter,
      boolean add,
      Epilogue epilogue,
      Tensor inputGradient) {
    float[] scratch = workspace.scratch();
    int own = backward.scratchAt(worker.index());
    transform(worker, rotated, weights, filter, own, scratch);
    float[] biases = add ? null : none;
    backward.run(worker, images, outputGradient, scratch, biases, 0, epilogue, inputGradient);
  }

  @Override
  public void weightGradient(
      Worker worker,
      VirtualNodeTree tree,
      Tensor input,
      Tensor outputGradient,
      float[] gradients,
      int filter,
      int bias) {
    if (bias >= 0) {
      biasGradient.of(worker, tree, outputGradient, gradients, bias);
    }
    weightGradient.run(worker, tree, input, outputGradient, gradients, filter);
  }
}
