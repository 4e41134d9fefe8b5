package dev.convoy.kernel.vector.direct;

import dev.convoy.kernel.vector.lanes.Lanes;
import dev.convoy.kernel.vector.lanes.VectorCopy;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Tensor;
import java.util.Arrays;

/**
 * Copies windows of images, which may reach beyond them, to dense pixels of some of their channels,
 * with zeros outside of an image. It may write up to {@link #SLACK} floats behind the window.
 */
final class PaddedCopy {
  /** Floats behind the last pixel, since whole vectors are written. */
  static final int SLACK = Layout.LANES;

  private final int channels;
  private final int x;
  private final int columns;
  private final boolean mirrored;

  /**
   * Copies windows of some columns of an image.
   *
   * @param channels how many are copied
   * @param x the window's first column
   * @param mirrored whether its last column comes first
   */
  PaddedCopy(int channels, int x, int columns, boolean mirrored) {
    this.channels = channels;
    this.x = x;
    this.columns = columns;
    this.mirrored = mirrored;
  }

  /**
   * Copies one image's window.
   *
   * @param channel the first
   * @param y the window's first row, of {@code rows}
   */
  void copy(Tensor from, int channel, int image, int y, int rows, float[] to, int toAt) {
    int length = columns * channels;
    for (int i = 0; i < rows; i++) {
      int at = toAt + i * length;
      if (y + i < 0 || y + i >= from.shape().height()) {
        Arrays.fill(to, at, at + length, 0f);
      } else {
        row(from, channel, image * from.shape().height() + y + i, to, at);
      }
    }
  }

  /** Copies a row, counted over all images. */
  private void row(Tensor from, int channel, int row, float[] to, int toAt) {
    int width = from.shape().width();
    int first = Math.max(x, 0);
    int end = Math.max(first, Math.min(x + columns, width));
    int before = Math.min(columns, mirrored ? x + columns - end : first - x);
    int read = from.pixel(row * width + (mirrored ? end - 1 : first));
    int step = mirrored ? -from.stride() : from.stride();
    int at = toAt + before * channels;
    int behind = at + (end - first) * channels;
    Arrays.fill(to, toAt, at, 0f);
    pixels(end - first, from.data(), read + channel, step, to, at);
    Arrays.fill(to, behind, toAt + columns * channels, 0f);
  }

  private void pixels(int count, float[] from, int at, int step, float[] to, int toAt) {
    if (step == channels) {
      System.arraycopy(from, at, to, toAt, count * channels);
    } else if (Math.abs(step) < Layout.padded(channels)) {
      single(count, from, at, step, to, toAt);
    } else {
      // The lanes of a pixel's last vector beyond its channels are overwritten by the next pixel.
      for (int c = (channels - 1) / Lanes.COUNT * Lanes.COUNT; c >= 0; c -= Lanes.COUNT) {
        VectorCopy.copy(count, from, at + c, step, to, toAt + c, channels);
      }
    }
  }

  private void single(int count, float[] from, int at, int step, float[] to, int toAt) {
    for (int i = 0; i < count; i++) {
      for (int c = 0; c < channels; c++) {
        to[toAt + i * channels + c] = from[at + i * step + c];
      }
    }
  }
}
