package dev.convoy.data.augment;

/**
 * Scales an image to another size, bilinearly with a support that grows with the reduction, so that
 * every pixel of the original counts: Pillow's {@code resize} with {@code BILINEAR}, torchvision's
 * with {@code antialias}. Rows first, then columns; in floats, where Pillow rounds to a grey level
 * in between.
 */
final class Resampling {
  private Resampling() {}

  static void resize(Image image, int height, int width) {
    if (width != image.width()) {
      scaleRows(image, width);
    }
    if (height != image.height()) {
      scaleColumns(image, height);
    }
  }

  private static void scaleRows(Image image, int newWidth) {
    int channels = image.channels();
    int row = image.width() * channels;
    int newRow = newWidth * channels;
    float[] from = image.pixels();
    float[] into = image.prepareNext(image.height() * newRow);
    Taps[] taps = Taps.of(image.width(), newWidth);
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < newWidth; x++) {
        int first = y * row + taps[x].first * channels;
        float[] weights = taps[x].weights;
        int to = y * newRow + x * channels;
        for (int c = 0; c < channels; c++) {
          float sum = 0;
          for (int i = 0; i < weights.length; i++) {
            sum = Math.fma(weights[i], from[first + c + i * channels], sum);
          }
          into[to + c] = sum;
        }
      }
    }
    image.replace(image.height(), newWidth, channels);
  }

  /** Scales row by row, so that the inner loop runs along memory. */
  private static void scaleColumns(Image image, int newHeight) {
    int row = image.width() * image.channels();
    float[] from = image.pixels();
    float[] into = image.prepareNext(newHeight * row);
    Taps[] taps = Taps.of(image.height(), newHeight);
    for (int y = 0; y < newHeight; y++) {
      float[] weights = taps[y].weights;
      int to = y * row;
      int first = taps[y].first * row;
      for (int x = 0; x < row; x++) {
        into[to + x] = weights[0] * from[first + x];
      }
      for (int i = 1; i < weights.length; i++) {
        addRow(weights[i], from, first + i * row, into, to, row);
      }
    }
    image.replace(newHeight, image.width(), image.channels());
  }

  private static void addRow(float weight, float[] from, int at, float[] into, int to, int row) {
    for (int x = 0; x < row; x++) {
      into[to + x] = Math.fma(weight, from[at + x], into[to + x]);
    }
  }

  /** The pixels of a line that one pixel of the new line is made of, and their weights. */
  private record Taps(int first, float[] weights) {
    static Taps[] of(int before, int after) {
      Taps[] taps = new Taps[after];
      for (int at = 0; at < after; at++) {
        taps[at] = of(before, after, at);
      }
      return taps;
    }

    /** Returns a triangle around the new pixel's centre, as wide as the larger pixel of the two. */
    private static Taps of(int before, int after, int at) {
      double scale = (double) before / after;
      double support = Math.max(1, scale);
      double centre = (at + 0.5) * scale;
      int first = Math.max(0, (int) (centre - support + 0.5));
      int end = Math.min(before, (int) (centre + support + 0.5));
      double[] triangle = new double[end - first];
      double sum = 0;
      for (int i = 0; i < triangle.length; i++) {
        triangle[i] = Math.max(0, 1 - Math.abs((first + i + 0.5 - centre) / support));
        sum += triangle[i];
      }
      float[] weights = new float[triangle.length];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = (float) (triangle[i] / sum);
      }
      return new Taps(first, weights);
    }
  }
}
