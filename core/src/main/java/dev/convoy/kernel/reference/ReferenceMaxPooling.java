package dev.convoy.kernel.reference;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.MaxPooling;
import dev.convoy.kernel.PoolingGeometry;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;

/** {@link MaxPooling} as its definition reads; the first worker does it all. */
final class ReferenceMaxPooling implements MaxPooling {
  private final PoolingGeometry g;
  private final Shape out;
  private final int channels;

  /** The input pixel, counted over all images, that won. */
  private final int[] winners;

  ReferenceMaxPooling(PoolingGeometry geometry, int images) {
    g = geometry;
    out = geometry.output();
    channels = Layout.padded(out.channels());
    winners = new int[images * out.pixels() * channels];
  }

  @Override
  public void forward(Worker me, int images, Tensor input, Tensor output) {
    if (!me.first()) {
      return;
    }
    for (int p = 0; p < images * out.pixels(); p++) {
      for (int c = 0; c < channels; c++) {
        int best = g.inputPixel(p, 0);
        for (int k = 0; k < g.window() * g.window(); k++) {
          int pixel = g.inputPixel(p, k);
          float value = input.data()[input.pixel(pixel) + c];
          if (value > input.data()[input.pixel(best) + c] || Float.isNaN(value)) {
            best = pixel;
          }
        }
        output.data()[output.pixel(p) + c] = input.data()[input.pixel(best) + c];
        winners[p * channels + c] = best;
      }
    }
  }

  @Override
  public void backward(
      Worker me, int images, Tensor outputGradient, boolean add, Tensor inputGradient) {
    if (!me.first()) {
      return;
    }
    if (!add) {
      Zeros.fill(inputGradient, images);
    }
    for (int p = 0; p < images * out.pixels(); p++) {
      for (int c = 0; c < channels; c++) {
        int to = inputGradient.pixel(winners[p * channels + c]) + c;
        inputGradient.data()[to] += outputGradient.data()[outputGradient.pixel(p) + c];
      }
    }
  }
}
