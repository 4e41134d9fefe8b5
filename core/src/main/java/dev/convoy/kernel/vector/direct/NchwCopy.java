package dev.convoy.kernel.vector.direct;

import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.Arrays;

/**
 * A copy of one image in the order (C,H,W), each channel a plane of rows and columns with its
 * padding: value (c,y,x) of the image is at {@code c * length + (y + top) * columns + x + left}.
 *
 * @param shape of the image
 * @param top rows of zeros above
 * @param left columns of zeros to the left
 * @param rows of a plane
 * @param columns of a plane
 */
record NchwCopy(Shape shape, int top, int left, int rows, int columns) {
  /** Returns the length of one plane in floats. */
  int length() {
    return rows * columns;
  }

  /** Returns the length of all planes in floats. */
  int size() {
    return Math.multiplyExact(shape.channels(), length());
  }

  /** Copies an image. */
  void read(Tensor input, int image, float[] planes, int at) {
    Arrays.fill(planes, at, at + size(), 0f);
    for (int y = 0; y < shape.height(); y++) {
      int pixel = input.image(image) + y * shape.width() * input.stride();
      int row = at + (y + top) * columns + left;
      for (int c = 0; c < shape.channels(); c++) {
        row(input, pixel + c, planes, row + c * length());
      }
    }
  }

  private void row(Tensor input, int at, float[] planes, int to) {
    float[] values = input.data();
    int stride = input.stride();
    for (int x = 0; x < shape.width(); x++) {
      planes[to + x] = values[at + x * stride];
    }
  }
}
