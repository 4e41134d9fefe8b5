package dev.convoy.kernel.vector.direct;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.BiasGradientKernel;
import dev.convoy.kernel.ConvolutionGeometry;
import dev.convoy.kernel.ConvolutionKernel;
import dev.convoy.kernel.Epilogue;
import dev.convoy.kernel.VirtualNodeTree;
import dev.convoy.kernel.Workspace;
import dev.convoy.tensor.Tensor;

/** The direct convolution on vectors of channels, or of columns where there are few channels. */
public final class VectorConvolution implements ConvolutionKernel {
  private final BiasGradientKernel biasGradient;

  private final ForwardPass forward;

  // Null where weights never change, so that no gradients are needed.
  private final InputGradient inputGradient;
  private final WeightGradient weightGradient;

  public VectorConvolution(
      ConvolutionGeometry geometry, Workspace workspace, BiasGradientKernel biasGradient) {
    this.biasGradient = biasGradient;
    forward = forward(geometry, workspace);
    boolean trained = !workspace.constantWeights();
    inputGradient = trained ? inputGradient(geometry, workspace) : null;
    weightGradient = trained ? weightGradient(geometry, workspace) : null;
  }

  private static ForwardPass forward(ConvolutionGeometry g, Workspace workspace) {
    return FewChannelForward.fits(g)
        ? new FewChannelForward(g, workspace)
        : new DirectForward(g, workspace);
  }

  private static InputGradient inputGradient(ConvolutionGeometry g, Workspace workspace) {
    return FewChannelInputGradient.fits(g)
        ? new FewChannelInputGradient(g, workspace)
        : new DirectInputGradient(g, workspace);
  }

  private static WeightGradient weightGradient(ConvolutionGeometry g, Workspace workspace) {
    return FilterTapWeightGradient.fits(g)
        ? new FilterTapWeightGradient(g, workspace)
        : new DirectWeightGradient(g, workspace);
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
    forward.run(worker, images, input, weights, filter, bias, epilogue, output);
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
      Tensor gradient) {
    inputGradient.run(worker, images, outputGradient, weights, filter, add, epilogue, gradient);
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
