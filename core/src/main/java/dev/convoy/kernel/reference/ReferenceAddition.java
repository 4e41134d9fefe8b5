package dev.convoy.kernel.reference;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.AdditionKernel;
import dev.convoy.kernel.NormalizationGradients;
import dev.convoy.kernel.NormalizationTensors;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;

/** {@link AdditionKernel} by its definition; worker 0 does all of the backward pass. */
final class ReferenceAddition implements AdditionKernel {
  private final Shape shape;
  private final int channels;
  private final boolean relu;

  ReferenceAddition(Shape shape, boolean relu) {
    this.shape = shape;
    channels = Layout.padded(shape.channels());
    this.relu = relu;
  }

  @Override
  public void forward(NormalizationTensors tensors, int from, int to) {
    Tensor input = tensors.input();
    Tensor shortcut = tensors.shortcut();
    Tensor output = tensors.output();
    for (int p = from; p < to; p++) {
      for (int c = 0; c < channels; c++) {
        float sum = input.data()[input.pixel(p) + c] + shortcut.data()[shortcut.pixel(p) + c];
        output.data()[output.pixel(p) + c] = relu ? Math.max(sum, 0f) : sum;
      }
    }
  }

  @Override
  public void backward(
      Worker worker, int images, NormalizationTensors tensors, NormalizationGradients gradients) {
    if (!worker.first()) {
      return;
    }
    Tensor output = tensors.output();
    Tensor outputGradient = gradients.output();
    for (int p = 0; p < images * shape.pixels(); p++) {
      for (int c = 0; c < channels; c++) {
        boolean passes = !relu || output.data()[output.pixel(p) + c] > 0f;
        float gradient = passes ? outputGradient.data()[outputGradient.pixel(p) + c] : 0f;
        give(gradient, gradients.input(), gradients.addToInput(), p, c);
        give(gradient, gradients.shortcut(), gradients.addToShortcut(), p, c);
      }
    }
  }

  private static void give(float gradient, Tensor to, boolean add, int p, int c) {
    if (to != null) {
      int at = to.pixel(p) + c;
      to.data()[at] = add ? to.data()[at] + gradient : gradient;
    }
  }
}
