package dev.convoy.kernel.vector.elementwise;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.AdditionKernel;
import dev.convoy.kernel.NormalizationGradients;
import dev.convoy.kernel.NormalizationTensors;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;

/** {@link AdditionKernel}, pixel by pixel; workers share the pixels. */
public final class VectorAddition implements AdditionKernel {
  private final Shape shape;
  private final int channels;
  private final boolean relu;

  public VectorAddition(Shape shape, boolean relu) {
    this.shape = shape;
    channels = Layout.padded(shape.channels());
    this.relu = relu;
  }

  @Override
  public void forward(NormalizationTensors tensors, int from, int to) {
    Tensor x = tensors.input();
    Tensor s = tensors.shortcut();
    Tensor y = tensors.output();
    for (int p = from; p < to; p++) {
      if (relu) {
        PixelSum.relu(x.data(), x.pixel(p), s.data(), s.pixel(p), y.data(), y.pixel(p), channels);
      } else {
        PixelSum.sum(x.data(), x.pixel(p), s.data(), s.pixel(p), y.data(), y.pixel(p), channels);
      }
    }
  }

  @Override
  public void backward(
      Worker worker, int images, NormalizationTensors tensors, NormalizationGradients gradients) {
    int pixels = images * shape.pixels();
    Tensor y = tensors.output();
    Tensor g = gradients.output();
    for (int p = worker.from(pixels); p < worker.to(pixels); p++) {
      if (relu) {
        PixelSum.mask(y.data(), y.pixel(p), g.data(), g.pixel(p), channels);
      }
      give(g, p, gradients.addToInput(), gradients.input());
      give(g, p, gradients.addToShortcut(), gradients.shortcut());
    }
  }

  /** Writes the gradient to a tensor, unless it is the same one. */
  private void give(Tensor g, int p, boolean add, Tensor to) {
    if (to != null && !to.equals(g)) {
      PixelSum.give(g.data(), g.pixel(p), add, to.data(), to.pixel(p), channels);
    }
  }
}
