package dev.convoy.kernel.vector.dense;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.FullyConnectedKernel;
import dev.convoy.kernel.VirtualNodeTree;
import dev.convoy.kernel.Workspace;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Tensor;

/**
 * {@link FullyConnectedKernel} with vectors of outputs. Each pass reads the matrix once, because
 * large layers are bound by memory: AlexNet's and VGG's have 17 to 103 million weights.
 */
public final class VectorFullyConnected implements FullyConnectedKernel {
  private final DenseForward forward;
  private final DenseInputGradient inputGradient;
  private final DenseWeightGradient weightGradient;

  public VectorFullyConnected(int inFeatures, int outFeatures, Workspace workspace) {
    int padded = Layout.padded(outFeatures);
    forward = new DenseForward(inFeatures, padded, workspace);
    inputGradient = new DenseInputGradient(inFeatures, padded, workspace);
    weightGradient = new DenseWeightGradient(padded, workspace);
  }

  @Override
  public void forward(
      Worker worker,
      int images,
      Tensor input,
      float[] weights,
      int matrix,
      int bias,
      Tensor output) {
    forward.run(worker, images, input, weights, matrix, bias, output);
  }

  @Override
  public void inputGradient(
      Worker worker,
      int images,
      Tensor outputGradient,
      float[] weights,
      int matrix,
      boolean add,
      Tensor gradient) {
    inputGradient.run(worker, images, outputGradient, weights, matrix, add, gradient);
  }

  @Override
  public void weightGradient(
      Worker worker,
      VirtualNodeTree tree,
      Tensor input,
      Tensor outputGradient,
      int firstRow,
      int endRow,
      float[] gradients,
      int matrix,
      int bias) {
    weightGradient.run(
        worker, tree, input, outputGradient, firstRow, endRow, gradients, matrix, bias);
  }
}
