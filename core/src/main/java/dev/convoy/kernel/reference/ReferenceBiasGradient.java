package dev.convoy.kernel.reference;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.BiasGradientKernel;
import dev.convoy.kernel.RowBands;
import dev.convoy.kernel.VirtualNodeTree;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;

/** {@link BiasGradientKernel} by its definition; worker 0 does all the work. */
final class ReferenceBiasGradient implements BiasGradientKernel {
  private final Shape shape;
  private final RowBands bands;

  ReferenceBiasGradient(Shape output) {
    shape = output;
    bands = new RowBands(output);
  }

  @Override
  public void of(
      Worker worker, VirtualNodeTree tree, Tensor outputGradient, float[] gradients, int bias) {
    if (!worker.first()) {
      return;
    }
    for (int o = 0; o < Layout.padded(shape.channels()); o++) {
      int channel = o;
      gradients[bias + o] =
          VirtualNodeSum.over(
              tree, (first, end) -> overImages(outputGradient, first, end, channel));
    }
  }

  private float overImages(Tensor gradient, int firstImage, int endImage, int o) {
    float sum = 0f;
    for (int band = bands.count(firstImage); band < bands.count(endImage); band++) {
      float ofBand = 0f;
      for (int p = bands.firstPixel(band); p < bands.firstPixel(band + 1); p++) {
        ofBand += gradient.data()[gradient.pixel(p) + o];
      }
      sum += ofBand;
    }
    return sum;
  }
}
