package dev.convoy.kernel;

import dev.convoy.concurrent.Worker;
import dev.convoy.tensor.Tensor;

/**
 * A convolution whose weight gradient is computed by another algorithm.
 *
 * @param passes forward and the gradient of the input
 * @param weights the gradient of the weights
 */
record MixedConvolution(ConvolutionKernel passes, ConvolutionKernel weights)
    implements ConvolutionKernel {
  @Override
  public void forward(
      Worker worker,
      int images,
      Tensor input,
      float[] values,
      int filter,
      int bias,
      Epilogue epilogue,
      Tensor output) {
    passes.forward(worker, images, input, values, filter, bias, epilogue, output);
  }

  @Override
  public void inputGradient(
      Worker worker,
      int images,
      Tensor outputGradient,
      float[] values,
      int filter,
      boolean add,
      Epilogue epilogue,
      Tensor inputGradient) {
    passes.inputGradient(
        worker, images, outputGradient, values, filter, add, epilogue, inputGradient);
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
    weights.weightGradient(worker, tree, input, outputGradient, gradients, filter, bias);
  }
}
