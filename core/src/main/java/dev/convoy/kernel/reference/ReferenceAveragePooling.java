package dev.convoy.kernel.reference;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.AveragePoolingKernel;
import dev.convoy.kernel.PoolingGeometry;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;

/** {@link AveragePoolingKernel} by its definition; worker 0 does all the work. */
final class ReferenceAveragePooling implements AveragePoolingKernel {
  private final PoolingGeometry g;
  private final Shape out;
  private final int channels;
  private final float reciprocal;

  ReferenceAveragePooling(PoolingGeometry geometry) {
    g = geometry;
    out = geometry.output();
    channels = Layout.padded(out.channels());
    reciprocal = 1f / geometry.windowSize();
  }

  @Override
  public void forward(Worker worker, int images, Tensor input, Tensor output) {
    if (!worker.first()) {
      return;
    }
    for (int p = 0; p < images * out.pixels(); p++) {
      for (int c = 0; c < channels; c++) {
        float sum = 0f;
        for (int k = 0; k < g.windowSize(); k++) {
          sum += input.data()[input.pixel(g.inputPixel(p, k)) + c];
        }
        output.data()[output.pixel(p) + c] = sum * reciprocal;
      }
    }
  }

  @Override
  public void backward(
      Worker worker, int images, Tensor outputGradient, boolean add, Tensor inputGradient) {
    if (!worker.first()) {
      return;
    }
    if (!add) {
      Zeros.fill(inputGradient, images);
    }
    for (int p = 0; p < images * out.pixels(); p++) {
      for (int c = 0; c < channels; c++) {
        float share = outputGradient.data()[outputGradient.pixel(p) + c] * reciprocal;
        for (int k = 0; k < g.windowSize(); k++) {
          inputGradient.data()[inputGradient.pixel(g.inputPixel(p, k)) + c] += share;
        }
      }
    }
  }
}
