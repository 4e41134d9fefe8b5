package dev.convoy.kernel;

import dev.convoy.tensor.Shape;
import java.util.Locale;

/**
 * The sizes of a pooling layer, for which its kernels are made. Windows may overlap, and may reach
 * into a padding or, in ceil mode, beyond the last row and column; what is outside of the input is
 * ignored.
 *
 * @param input one image's shape
 * @param windowHeight rows of the window
 * @param windowWidth columns of the window
 * @param stride step of the window, in both directions
 * @param padding rows and columns around the input, at most half a window
 * @param ceil whether a last window that leaves the input counts; it must begin inside the input or
 *     the padding before it (torch's rule)
 */
public record PoolingGeometry(
    Shape input, int windowHeight, int windowWidth, int stride, int padding, boolean ceil) {

  public PoolingGeometry {
    if (windowHeight < 1 || windowWidth < 1 || stride < 1 || padding < 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "pooling with a window of %s, a stride of %d and a padding of %d is impossible",
              window(windowHeight, windowWidth),
              stride,
              padding));
    }
    if (2 * padding > Math.min(windowHeight, windowWidth)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a padding of %d is more than half a pooling window of %s",
              padding,
              window(windowHeight, windowWidth)));
    }
    if (windowHeight > input.height() + 2 * padding || windowWidth > input.width() + 2 * padding) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a pooling window of %s is larger than its input %s with padding %d",
              window(windowHeight, windowWidth),
              input,
              padding));
    }
  }

  /** Makes the geometry of a square window without padding, rounding down. */
  public PoolingGeometry(Shape input, int window, int stride) {
    this(input, window, window, stride, 0, false);
  }

  /** Makes the geometry of one window, the whole image. */
  public static PoolingGeometry global(Shape input) {
    return new PoolingGeometry(input, input.height(), input.width(), 1, 0, false);
  }

  private static String window(int height, int width) {
    return height + "x" + width;
  }

  /** Returns the number of places in a window. */
  public int windowSize() {
    return windowHeight * windowWidth;
  }

  /** Returns the shape of one output image, (side + 2 padding - window) / stride + 1, rounded. */
  public Shape output() {
    return new Shape(
        windows(input.height(), windowHeight),
        windows(input.width(), windowWidth),
        input.channels());
  }

  private int windows(int side, int window) {
    int way = side + 2 * padding - window;
    int rounded = (ceil ? way + stride - 1 : way) / stride + 1;
    return ceil && (rounded - 1) * stride >= side + padding ? rounded - 1 : rounded;
  }

  /**
   * Returns the input pixel, counted over all images, at place {@code k} (in row order) of the
   * window of output pixel {@code p}, counted over all images; -1 outside of the input.
   */
  public int inputPixel(int p, int k) {
    Shape output = output();
    int n = p / output.pixels();
    int y = p % output.pixels() / output.width() * stride + k / windowWidth - padding;
    int x = p % output.width() * stride + k % windowWidth - padding;
    boolean inside = y >= 0 && y < input.height() && x >= 0 && x < input.width();
    return inside ? (n * input.height() + y) * input.width() + x : -1;
  }
}
