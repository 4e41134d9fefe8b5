package dev.convoy.kernel.vector.direct;

import dev.convoy.kernel.vector.lanes.Lanes;
import dev.convoy.kernel.vector.lanes.VectorCopy;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.Arrays;

/**
 * Copies a window of an image, which may reach beyond it, to dense pixels of some of its channels,
 * with zeros outside of the image. It may write up to {@link #SLACK} floats behind the window.
 */
final class PaddedCopy {
  /** Floats behind the last pixel, since whole vectors are written. */
  static final int SLACK = Layout.LANES;

  private PaddedCopy() {}

  /**
   * Copies one image's window.
   *
   * @param channel the first of {@code channels}
   * @param y the window's first row, of {@code rows}
   * @param x its first column, of {@code columns}
   * @param mirrored whether its last column comes first
   */
  static void copy(
      Tensor from,
      int channel,
      int channels,
      int image,
      int y,
      int rows,
      int x,
      int columns,
      boolean mirrored,
      float[] to,
      int toAt) {
    int length = columns * channels;
    for (int i = 0; i < rows; i++) {
      int at = toAt + i * length;
      if (y + i < 0 || y + i >= from.shape().height()) {
        Arrays.fill(to, at, at + length, 0f);
      } else {
        row(from, channel, channels, image, y + i, x, columns, mirrored, to, at);
      }
    }
  }

  private static void row(
      Tensor from,
      int channel,
      int channels,
      int image,
      int y,
      int x,
      int columns,
      boolean mirrored,
      float[] to,
      int toAt) {
    Shape shape = from.shape();
    int first = Math.max(x, 0);
    int end = Math.max(first, Math.min(x + columns, shape.width()));
    int before = Math.min(columns, mirrored ? x + columns - end : first - x);
    int read =
        from.pixel((image * shape.height() + y) * shape.width() + (mirrored ? end - 1 : first));
    int step = mirrored ? -from.stride() : from.stride();
    int at = toAt + before * channels;
    int behind = at + (end - first) * channels;
    Arrays.fill(to, toAt, at, 0f);
    pixels(end - first, from.data(), read + channel, step, channels, to, at);
    Arrays.fill(to, behind, toAt + columns * channels, 0f);
  }

  private static void pixels(
      int count, float[] from, int at, int step, int channels, float[] to, int toAt) {
    if (step == channels) {
      System.arraycopy(from, at, to, toAt, count * channels);
    } else if (Math.abs(step) < Layout.padded(channels)) {
      single(count, from, at, step, channels, to, toAt);
    } else {
      // The lanes of a pixel's last vector beyond its channels are overwritten by the next pixel.
      for (int c = (channels - 1) / Lanes.COUNT * Lanes.COUNT; c >= 0; c -= Lanes.COUNT) {
        VectorCopy.copy(count, from, at + c, step, to, toAt + c, channels);
      }
    }
  }

  private static void single(
      int count, float[] from, int at, int step, int channels, float[] to, int toAt) {
    for (int i = 0; i < count; i++) {
      for (int c = 0; c < channels; c++) {
        to[toAt + i * channels + c] = from[at + i * step + c];
      }
    }
  }
}
