package dev.convoy.data;

/**
 * An image of 8-bit pixels in HWC order. Its buffer grows to the largest image and then stays, so
 * that one object serves many images. Not thread-safe.
 */
public final class Pixels {
  private int height;
  private int width;
  private int channels;
  private byte[] values = new byte[0];

  /**
   * Begins a new image in place of the last one.
   *
   * @return the buffer for the values, of at least height x width x channels bytes, to be filled
   */
  public byte[] begin(int height, int width, int channels) {
    int elements = Math.multiplyExact(Math.multiplyExact(height, width), channels);
    this.height = height;
    this.width = width;
    this.channels = channels;
    if (values.length < elements) {
      values = new byte[elements];
    }
    return values;
  }

  /** Returns the number of rows. */
  public int height() {
    return height;
  }

  /** Returns the number of columns. */
  public int width() {
    return width;
  }

  /** Returns how many numbers a pixel has: 1 for grey, 3 for red, green and blue. */
  public int channels() {
    return channels;
  }

  /** Returns how many bytes of {@link #values()} belong to the image. */
  public int elements() {
    return height * width * channels;
  }

  /** Returns unsigned bytes in HWC order; the array may be longer than the image. */
  public byte[] values() {
    return values;
  }
}
