package dev.convoy.kernel.vector;

import dev.convoy.kernel.ConvolutionGeometry;
import dev.convoy.tensor.Shape;

/** A microbatch with a border of zeros around each image; the input itself where none is asked. */
final class PaddedInput {
  private final Shape in;
  private final int padding;
  private final int stride;
  private final float[] copy;

  PaddedInput(ConvolutionGeometry geometry, int images) {
    in = geometry.input();
    padding = geometry.padding();
    stride = geometry.inputStride();
    copy = padding == 0 ? new float[0] : new float[images * height() * width() * stride];
  }

  int height() {
    return in.height() + 2 * padding;
  }

  int width() {
    return in.width() + 2 * padding;
  }

  /** Floats from one pixel to the next. */
  int stride() {
    return stride;
  }

  float[] of(int images, float[] input) {
    if (padding == 0) {
      return input;
    }
    int row = in.width() * stride;
    for (int n = 0; n < images; n++) {
      for (int y = 0; y < in.height(); y++) {
        int to = ((n * height() + y + padding) * width() + padding) * stride;
        System.arraycopy(input, (n * in.height() + y) * row, copy, to, row);
      }
    }
    return copy;
  }
}
