package dev.convoy.tensor;

import java.util.Locale;

/**
 * The shape of one image or of one image's activations.
 *
 * @param height rows
 * @param width columns
 * @param channels feature maps
 */
public record Shape(int height, int width, int channels) {
  /** The longest array that a JVM allocates. */
  private static final int LARGEST = Integer.MAX_VALUE - 8;

  public Shape {
    if (height < 1 || width < 1 || channels < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a shape of %d x %d x %d is impossible: every side is at least 1",
              height,
              width,
              channels));
    }
    if ((double) height * width * channels > LARGEST) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a shape of %d x %d x %d is too large for an array",
              height,
              width,
              channels));
    }
  }

  /** Returns the shape of a vector: one pixel of {@code features} channels. */
  public static Shape vector(int features) {
    return new Shape(1, 1, features);
  }

  /** Returns the number of pixels, height times width. */
  public int pixels() {
    return height * width;
  }

  /** Returns the number of values. */
  public int size() {
    return pixels() * channels;
  }

  /** Returns the shape as the papers print it: {@code 28x28x6}, and {@code 84} for a vector. */
  @Override
  public String toString() {
    return pixels() == 1 ? Integer.toString(channels) : height + "x" + width + "x" + channels;
  }
}
