package dev.convoy.data;

import dev.convoy.tensor.Shape;
import java.util.Locale;

/**
 * What is known of the shape of a dataset's images, before any of them is read. Photographs are of
 * many sizes: then height and width are {@link #VARIES}.
 *
 * @param height rows, or {@link #VARIES}
 * @param width columns, or {@link #VARIES}
 * @param channels 1 for grey, 3 for red, green and blue; the same for all images
 */
public record ImageShape(int height, int width, int channels) {
  /** In place of a side that differs from image to image. */
  public static final int VARIES = 0;

  /** Checks that both sides are known or that both vary. */
  public ImageShape {
    boolean known = height >= 1 && width >= 1;
    boolean varies = height == VARIES && width == VARIES;
    if (channels < 1 || !(known || varies)) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "no images are %dx%dx%d", height, width, channels));
    }
  }

  /** Returns the shape of images that are all alike. */
  public static ImageShape of(Shape shape) {
    return new ImageShape(shape.height(), shape.width(), shape.channels());
  }

  /** Returns the shape of images of many sizes. */
  public static ImageShape ofAnySize(int channels) {
    return new ImageShape(VARIES, VARIES, channels);
  }

  /** Returns whether images differ in size. */
  public boolean varies() {
    return height == VARIES;
  }

  /** Returns the shape of the same images with that many channels. */
  public ImageShape withChannels(int count) {
    return new ImageShape(height, width, count);
  }

  /** Returns the shape as messages print it: {@code 28x28x1}, or {@code any size, 3 channels}. */
  @Override
  public String toString() {
    return varies()
        ? "any size, " + channels + (channels == 1 ? " channel" : " channels")
        : height + "x" + width + "x" + channels;
  }
}
