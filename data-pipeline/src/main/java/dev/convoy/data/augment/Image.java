package dev.convoy.data.augment;

import dev.convoy.data.Pixels;
import dev.convoy.data.Region;

/**
 * The image that a pipeline works on: floats in HWC order, 0 to 255 until they are normalized. Its
 * two buffers grow to the largest image and then stay; a thread has one of its own.
 */
public final class Image {
  /** The brightest pixel, before normalization. */
  static final float WHITE = 255f;

  private int height;
  private int width;
  private int channels;
  private float[] pixels = new float[0];
  private float[] next = new float[0];

  /** Takes over pixels. */
  public void load(Pixels from) {
    byte[] bytes = from.values();
    int elements = from.elements();
    float[] floats = prepareNext(elements);
    for (int i = 0; i < elements; i++) {
      floats[i] = bytes[i] & 0xff;
    }
    replace(from.height(), from.width(), from.channels());
  }

  /** Gives its pixels, rounded to 8 bits. */
  public void store(Pixels to) {
    byte[] bytes = to.begin(height, width, channels);
    int elements = elements();
    for (int i = 0; i < elements; i++) {
      bytes[i] = (byte) (int) (Math.max(0f, Math.min(WHITE, pixels[i])) + 0.5f);
    }
  }

  /** Keeps a region of the image alone. */
  public void crop(Region region) {
    if (region.equals(Region.whole(height, width))) {
      return;
    }
    int row = region.width() * channels;
    float[] into = prepareNext(region.height() * row);
    for (int y = 0; y < region.height(); y++) {
      int from = ((region.top() + y) * width + region.left()) * channels;
      System.arraycopy(pixels, from, into, y * row, row);
    }
    replace(region.height(), region.width(), channels);
  }

  /**
   * Returns a buffer of at least that many floats, of unknown content, for the image's next form.
   */
  public float[] prepareNext(int elements) {
    if (next.length < elements) {
      next = new float[elements];
    }
    return next;
  }

  /** Makes what was written to {@link #prepareNext} the image. */
  public void replace(int height, int width, int channels) {
    float[] last = pixels;
    pixels = next;
    next = last;
    this.height = height;
    this.width = width;
    this.channels = channels;
  }

  /** Returns the number of rows. */
  public int height() {
    return height;
  }

  /** Returns the number of columns. */
  public int width() {
    return width;
  }

  /** Returns how many numbers a pixel has. */
  public int channels() {
    return channels;
  }

  /** Returns how many floats of {@link #pixels()} belong to the image. */
  public int elements() {
    return height * width * channels;
  }

  /** Returns the pixels, which may be changed in place; the array may be longer than the image. */
  public float[] pixels() {
    return pixels;
  }
}
