package dev.convoy.kernel.vector;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.BiasGradient;
import dev.convoy.kernel.Convolution;
import dev.convoy.kernel.ConvolutionGeometry;
import dev.convoy.kernel.Epilogue;
import dev.convoy.kernel.NodeTree;
import dev.convoy.kernel.Workspace;
import dev.convoy.tensor.Tensor;

/** The direct convolution on vectors of channels, or of columns where there are few channels. */
final class VectorConvolution implements Convolution {
  private final Workspace workspace;
  private final BiasGradient biasGradient;

  // Null where there are too many channels for them.
  private final PlanarPass planarForward;
  private final PlanarPass planarInputGradient;

  // Null where the planar passes are there instead.
  private final DirectForward forward;

  // Null also where weights never change: nobody asks for gradients.
  private final DirectInputGradient inputGradient;
  private final DirectWeightGradient weightGradient;

  VectorConvolution(ConvolutionGeometry geometry, Workspace workspace, BiasGradient biasGradient) {
    this.workspace = workspace;
    this.biasGradient = biasGradient;
    planarForward = PlanarPass.forward(geometry, workspace);
    forward = planarForward == null ? new DirectForward(geometry, workspace) : null;
    boolean trained = !workspace.constantWeights();
    planarInputGradient = trained ? PlanarPass.inputGradient(geometry, workspace) : null;
    inputGradient =
        trained && planarInputGradient == null
            ? new DirectInputGradient(geometry, workspace)
            : null;
    weightGradient = trained ? new DirectWeightGradient(geometry, workspace) : null;
  }

  @Override
  public void forward(
      Worker me,
      int images,
      Tensor input,
      float[] weights,
      int filter,
      int bias,
      Epilogue epilogue,
      Tensor output) {
    float[] scratch = workspace.scratch();
    if (planarForward != null) {
      planarForward.run(me, images, input, weights, filter, bias, false, epilogue, output, scratch);
    } else {
      forward.run(me, images, input, weights, filter, bias, epilogue, output, scratch);
    }
  }

  @Override
  public void inputGradient(
      Worker me,
      int images,
      Tensor outputGradient,
      float[] weights,
      int filter,
      boolean add,
      Epilogue epilogue,
      Tensor gradient) {
    float[] scratch = workspace.scratch();
    if (planarInputGradient != null) {
      planarInputGradient.run(
          me, images, outputGradient, weights, filter, -1, add, epilogue, gradient, scratch);
    } else {
      inputGradient.run(
          me, images, outputGradient, weights, filter, add, epilogue, gradient, scratch);
    }
  }

  @Override
  public void weightGradient(
      Worker me,
      NodeTree tree,
      Tensor input,
      Tensor outputGradient,
      float[] gradients,
      int filter,
      int bias) {
    if (bias >= 0) {
      biasGradient.of(me, tree, outputGradient, gradients, bias);
    }
    weightGradient.run(me, tree, input, outputGradient, gradients, filter);
  }
}
