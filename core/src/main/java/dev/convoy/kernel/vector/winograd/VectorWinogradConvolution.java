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
    int images = workspace.images();
    upright = new WinogradFilters(geometry, false);
    forward = new WinogradPass(geometry, upright, images);
    rotated = new WinogradFilters(geometry, true);
    backward = new WinogradPass(Winograd.rotated(geometry), rotated, images);
    kept = workspace.constantWeights() ? workspace.keep(Layout.ALIGNMENT + upright.length()) : null;
    none = new float[Math.max(g.outputStride(), g.inputGradientStride())];
    workspace.reserve(scratch(upright, forward));
    if (workspace.constantWeights()) {
      weightGradient = null;
    } else {
      workspace.reserve(scratch(rotated, backward));
      weightGradient = new WinogradWeightGradient(geometry, workspace);
    }
  }

  private int scratch(WinogradFilters filters, WinogradPass pass) {
    int ofWorker = Math.max(pass.scratch(), WinogradFilters.SCRATCH);
    int ofWorkers = Math.multiplyExact(workspace.workers(), ofWorker);
    return Math.addExact(Layout.ALIGNMENT + filters.length(), ofWorkers);
  }

  /** Returns where a worker's own scratch memory begins, behind the filters. */
  private int own(Worker worker, WinogradFilters filters, WinogradPass pass) {
    int ofWorker = Math.max(pass.scratch(), WinogradFilters.SCRATCH);
    return Layout.ALIGNMENT + filters.length() + worker.index() * ofWorker;
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
    float[] scratch = workspace.scratch();
    int own = own(worker, upright, forward);
    float[] filters = kept == null ? scratch : kept;
    if (!transformed) {
      transform(worker, upright, weights, filter, own, filters);
      // No worker re-enters before the next barrier.
      transformed = kept != null;
    }
    forward.run(
        worker,
        images,
        input,
        filters,
        Layout.ALIGNMENT,
        bias < 0 ? none : weights,
        Math.max(bias, 0),
        epilogue,
        false,
        output,
        scratch,
        own);
  }

  private void transform(
      Worker worker, WinogradFilters filters, float[] weights, int filter, int own, float[] to) {
    int units = filters.units();
    filters.transform(
        worker.from(units),
        worker.to(units),
        weights,
        filter,
        workspace.scratch(),
        own,
        to,
        Layout.ALIGNMENT);
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
    int own = own(worker, rotated, backward);
    transform(worker, rotated, weights, filter, own, scratch);
    backward.run(
        worker,
        images,
        outputGradient,
        scratch,
        Layout.ALIGNMENT,
        none,
        0,
        epilogue,
        add,
        inputGradient,
        scratch,
        own);
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
