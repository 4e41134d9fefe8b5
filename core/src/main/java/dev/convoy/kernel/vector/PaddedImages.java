package dev.convoy.kernel.vector;

import dev.convoy.tensor.Shape;
import java.util.Arrays;

/** A microbatch with a border of zeros around each image; the images themselves without one. */
final class PaddedImages {
  private final Shape shape;
  private final int padding;
  private final int stride;
  private final float[] padded;

  /**
   * Room for {@code images} images.
   *
   * @param shape of one, without its border
   * @param padding width of the border
   * @param stride floats from one pixel to the next
   */
  PaddedImages(Shape shape, int padding, int stride, int images) {
    this.shape = shape;
    this.padding = padding;
    this.stride = stride;
    padded = padding == 0 ? new float[0] : new float[images * height() * width() * stride];
  }

  int height() {
    return shape.height() + 2 * padding;
  }

  int width() {
    return shape.width() + 2 * padding;
  }

  /** Floats from one pixel to the next. */
  int stride() {
    return stride;
  }

  /** The images with their border. */
  float[] of(int images, float[] data) {
    if (padding == 0) {
      return data;
    }
    int row = shape.width() * stride;
    for (int y = 0; y < images * shape.height(); y++) {
      System.arraycopy(data, y * row, padded, paddedRow(y), row);
    }
    return padded;
  }

  /** An array of zeros to add to; {@link #crop} takes the result out of it. */
  float[] zeros(int images, float[] data) {
    float[] target = padding == 0 ? data : padded;
    Arrays.fill(target, 0, images * height() * width() * stride, 0f);
    return target;
  }

  /** Copies the images, without their border, to where they belong. */
  void crop(int images, float[] data) {
    if (padding == 0) {
      return;
    }
    int row = shape.width() * stride;
    for (int y = 0; y < images * shape.height(); y++) {
      System.arraycopy(padded, paddedRow(y), data, y * row, row);
    }
  }

  /** Where row {@code y}, counted over all images, begins. */
  private int paddedRow(int y) {
    int image = y / shape.height();
    int row = image * height() + y % shape.height() + padding;
    return (row * width() + padding) * stride;
  }
}
