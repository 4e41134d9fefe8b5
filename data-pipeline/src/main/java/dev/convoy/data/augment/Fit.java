package dev.convoy.data.augment;

import dev.convoy.data.DataException;
import dev.convoy.tensor.Shape;

/**
 * Scales an image, its proportions kept, to the largest that fits in height x width; {@link Pad}
 * then centres it there. Bilinear with a support that grows with the reduction, so that every pixel
 * of the original counts: torchvision's {@code resize} with {@code antialias}.
 */
public record Fit(int height, int width) implements Augmentation {
  /** Checks that there is an image. */
  public Fit {
    if (height < 1 || width < 1) {
      throw new DataException(
          String.format("images cannot be scaled to fit %dx%d, which is no image", height, width));
    }
  }

  @Override
  public Shape shapeAfter(Shape before) {
    boolean wide = (long) before.width() * height >= (long) before.height() * width;
    return wide
        ? new Shape(scaled(before.height(), width, before.width()), width, before.channels())
        : new Shape(height, scaled(before.width(), height, before.height()), before.channels());
  }

  /** {@code side * to / from}, rounded, at least 1. */
  private static int scaled(int side, int to, int from) {
    return (int) Math.max(1, (2L * side * to + from) / (2L * from));
  }

  @Override
  public void apply(Image image, long key) {
    Shape after = shapeAfter(new Shape(image.height(), image.width(), image.channels()));
    if (after.width() != image.width()) {
      scaleRows(image, after.width());
    }
    if (after.height() != image.height()) {
      scaleColumns(image, after.height());
    }
  }

  private static void scaleRows(Image image, int newWidth) {
    int channels = image.channels();
    float[] from = image.pixels();
    float[] into = image.prepareNext(image.height() * newWidth * channels);
    for (int x = 0; x < newWidth; x++) {
      Taps taps = Taps.of(image.width(), newWidth, x);
      for (int y = 0; y < image.height(); y++) {
        int row = y * image.width() * channels;
        for (int c = 0; c < channels; c++) {
          into[(y * newWidth + x) * channels + c] = taps.sum(from, row + c, channels);
        }
      }
    }
    image.replace(image.height(), newWidth, channels);
  }

  private static void scaleColumns(Image image, int newHeight) {
    int row = image.width() * image.channels();
    float[] from = image.pixels();
    float[] into = image.prepareNext(newHeight * row);
    for (int y = 0; y < newHeight; y++) {
      Taps taps = Taps.of(image.height(), newHeight, y);
      for (int i = 0; i < row; i++) {
        into[y * row + i] = taps.sum(from, i, row);
      }
    }
    image.replace(newHeight, image.width(), image.channels());
  }

  /** The pixels of a line that one pixel of the new line is made of, and their weights. */
  private record Taps(int first, float[] weights) {
    /** A triangle around the new pixel's centre, as wide as the larger pixel of the two. */
    static Taps of(int before, int after, int at) {
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

    float sum(float[] line, int at, int stride) {
      float sum = 0;
      for (int i = 0; i < weights.length; i++) {
        sum = Math.fma(weights[i], line[at + (first + i) * stride], sum);
      }
      return sum;
    }
  }
}
