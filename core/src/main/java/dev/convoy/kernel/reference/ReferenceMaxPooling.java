package dev.convoy.kernel.reference;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.Epilogue;
import dev.convoy.kernel.MaxPoolingKernel;
import dev.convoy.kernel.PoolingGeometry;
import dev.convoy.kernel.RowBands;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;

/** {@link MaxPoolingKernel} by its definition; worker 0 does all the work. */
final class ReferenceMaxPooling implements MaxPoolingKernel {
  private final PoolingGeometry g;
  private final Shape out;
  private final int channels;

  /** The place of the greatest element in its window. */
  private final int[] argmax;

  ReferenceMaxPooling(PoolingGeometry geometry, int images) {
    g = geometry;
    out = geometry.output();
    channels = Layout.padded(out.channels());
    argmax = new int[images * out.pixels() * channels];
  }

  @Override
  public void forward(Worker worker, int images, Tensor input, Tensor output) {
    if (!worker.first()) {
      return;
    }
    for (int p = 0; p < images * out.pixels(); p++) {
      for (int c = 0; c < channels; c++) {
        int place = argmax(input, p, c);
        argmax[p * channels + c] = place;
        output.data()[output.pixel(p) + c] = input.data()[input.pixel(g.inputPixel(p, place)) + c];
      }
    }
  }

  private int argmax(Tensor input, int p, int c) {
    int place = -1;
    float best = 0f;
    for (int k = 0; k < g.windowSize(); k++) {
      int pixel = g.inputPixel(p, k);
      if (pixel >= 0) {
        float value = input.data()[input.pixel(pixel) + c];
        if (place < 0 || value > best || Float.isNaN(value)) {
          place = k;
          best = value;
        }
      }
    }
    return place;
  }

  @Override
  public void backward(
      Worker worker,
      int images,
      Tensor outputGradient,
      boolean add,
      Epilogue epilogue,
      Tensor inputGradient) {
    if (!worker.first()) {
      return;
    }
    if (!add) {
      Zeros.fill(inputGradient, images);
    }
    for (int p = 0; p < images * out.pixels(); p++) {
      for (int k = 0; k < g.windowSize(); k++) {
        int pixel = g.inputPixel(p, k);
        for (int c = 0; pixel >= 0 && c < channels; c++) {
          boolean won = argmax[p * channels + c] == k;
          inputGradient.data()[inputGradient.pixel(pixel) + c] +=
              won ? outputGradient.data()[outputGradient.pixel(p) + c] : 0f;
        }
      }
    }
    epilogue.bands(0, new RowBands(g.input()).count(images));
  }
}
