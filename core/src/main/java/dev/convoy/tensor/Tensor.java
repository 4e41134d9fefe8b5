package dev.convoy.tensor;

import java.util.Arrays;
import java.util.Locale;

/**
 * A microbatch of images or activations, NHWC in a {@code float[]}; or a view of some of its
 * channels, as the branches of an inception module fill one concatenated output.
 *
 * <p>Value (n, y, x, c) is at {@code at + ((n * height + y) * width + x) * stride + c}. The floats
 * between the last channel and the next multiple of {@link Layout#LANES} are zero and stay zero.
 *
 * @param data the values
 * @param at where value (0,0,0,0) is
 * @param images the capacity in images; fewer may be in use
 * @param shape of one image
 * @param stride floats from one pixel to the next, at least {@code shape.channels()}
 */
public record Tensor(float[] data, int at, int images, Shape shape, int stride) {
  /** Allocates activations, whose channels are padded to {@link Layout#LANES}. */
  public static Tensor activations(int images, Shape shape) {
    return allocate(images, shape, Layout.padded(shape.channels()));
  }

  /** Allocates input images, whose one or three channels are not padded. */
  public static Tensor images(int images, Shape shape) {
    return allocate(images, shape, shape.channels());
  }

  private static Tensor allocate(int images, Shape shape, int stride) {
    int length = Math.multiplyExact(Math.multiplyExact(images, shape.pixels()), stride);
    return new Tensor(new float[length], 0, images, shape, stride);
  }

  /** Returns a view of the {@code count} channels from {@code first} on. */
  public Tensor channels(int first, int count) {
    Shape part = new Shape(shape.height(), shape.width(), count);
    return new Tensor(data, at + first, images, part, stride);
  }

  /** Returns a view of the {@code count} images from {@code first} on. */
  public Tensor from(int first, int count) {
    return new Tensor(data, image(first), count, shape, stride);
  }

  /** Returns the length of one image in floats, padding included. */
  public int imageLength() {
    return shape.pixels() * stride;
  }

  /** Returns the length of the first {@code count} images in floats, padding included. */
  public int length(int count) {
    return count * imageLength();
  }

  /** Returns the index of the first value of pixel {@code p}, counted over all images. */
  public int pixel(int p) {
    return at + p * stride;
  }

  /** Returns the index of the first value of image {@code n}. */
  public int image(int n) {
    return at + n * imageLength();
  }

  /**
   * Returns the first {@code count} images in torch's order, NCHW without padding.
   *
   * @return {@code count * shape.size()} values
   */
  public float[] toNchw(int count) {
    float[] nchw = new float[count * shape.size()];
    for (int n = 0; n < count; n++) {
      for (int p = 0; p < shape.pixels(); p++) {
        for (int c = 0; c < shape.channels(); c++) {
          nchw[n * shape.size() + c * shape.pixels() + p] = data[image(n) + p * stride + c];
        }
      }
    }
    return nchw;
  }

  /**
   * Fills the first images, padding included, from torch's order, NCHW; the inverse of {@link
   * #toNchw}.
   */
  public void fromNchw(float[] nchw) {
    int count = nchw.length / shape.size();
    if (count * shape.size() != nchw.length || count > images) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "%d values are not 1 to %d images of %s", nchw.length, images, shape));
    }
    int padded = Math.min(Layout.padded(shape.channels()), stride);
    for (int p = 0; p < count * shape.pixels(); p++) {
      int from = p / shape.pixels() * shape.size() + p % shape.pixels();
      for (int c = 0; c < shape.channels(); c++) {
        data[pixel(p) + c] = nchw[from + c * shape.pixels()];
      }
      Arrays.fill(data, pixel(p) + shape.channels(), pixel(p) + padded, 0f);
    }
  }

  @Override
  public String toString() {
    return images + " x " + shape;
  }
}
