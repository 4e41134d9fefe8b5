package dev.convoy.data;

import java.util.Objects;

/**
 * One labelled image of 8-bit pixels in HWC order, as a dataset delivers it. A reader reuses one
 * sample for many reads: its buffers grow to the largest image and then stay. Not thread-safe.
 */
public final class Sample {
  private int id;
  private int label;
  private int height;
  private int width;
  private int channels;
  private byte[] pixels = new byte[0];
  private byte[] scratch = new byte[0];

  /**
   * Begins a new image in place of the last one.
   *
   * @param id the sample's index in its dataset
   * @return the buffer for the pixels, of at least height x width x channels bytes, to be filled
   */
  public byte[] begin(int id, int label, int height, int width, int channels) {
    int elements = Math.multiplyExact(Math.multiplyExact(height, width), channels);
    this.id = id;
    this.label = label;
    this.height = height;
    this.width = width;
    this.channels = channels;
    if (pixels.length < elements) {
      pixels = new byte[elements];
    }
    return pixels;
  }

  /** The sample's index in its dataset. */
  public int id() {
    return id;
  }

  /** The class, counted from zero. */
  public int label() {
    return label;
  }

  /** Rows. */
  public int height() {
    return height;
  }

  /** Columns. */
  public int width() {
    return width;
  }

  /** Numbers a pixel. */
  public int channels() {
    return channels;
  }

  /** How many bytes of {@link #pixels()} belong to the image. */
  public int elements() {
    return height * width * channels;
  }

  /** The pixels, unsigned bytes in HWC order; the array may be longer than the image. */
  public byte[] pixels() {
    return pixels;
  }

  /** A buffer of at least that many bytes for whoever fills the sample; its content is nobody's. */
  public byte[] scratch(int bytes) {
    Objects.checkIndex(0, bytes + 1);
    if (scratch.length < bytes) {
      scratch = new byte[bytes];
    }
    return scratch;
  }
}
