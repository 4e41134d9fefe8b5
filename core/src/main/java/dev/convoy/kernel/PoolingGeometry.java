package dev.convoy.kernel;

import dev.convoy.tensor.Shape;

/**
 * Where a pooling layer reads and writes; windows may overlap and never leave the input.
 *
 * @param input one image's shape
 * @param window side of the square window
 * @param stride step of the window
 */
public record PoolingGeometry(Shape input, int window, int stride) {
  public PoolingGeometry {
    if (window < 1 || stride < 1) {
      throw new IllegalArgumentException(
          "pooling with a window of %d and a stride of %d is impossible".formatted(window, stride));
    }
    if (window > input.height() || window > input.width()) {
      throw new IllegalArgumentException(
          "a pooling window of %d is larger than its input %s".formatted(window, input));
    }
  }

  /** The shape of one output image, floor((side - window) / stride) + 1. */
  public Shape output() {
    return new Shape(
        (input.height() - window) / stride + 1,
        (input.width() - window) / stride + 1,
        input.channels());
  }

  /**
   * The input pixel, counted over all images, at place {@code k} (in row order) of the window of
   * output pixel {@code p}, counted over all images.
   */
  public int inputPixel(int p, int k) {
    Shape output = output();
    int n = p / output.pixels();
    int y = p % output.pixels() / output.width() * stride + k / window;
    int x = p % output.width() * stride + k % window;
    return (n * input.height() + y) * input.width() + x;
  }
}
