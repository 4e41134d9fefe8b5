package dev.convoy.data;

import java.util.Objects;

/**
 * One labelled image, as a dataset delivers it: either its pixels, or the bytes of an image file
 * that is still to be decoded. A reader reuses one sample for many reads: its buffers grow to the
 * largest image and then stay. Not thread-safe.
 */
public final class Sample {
  private int id;
  private int label;
  private boolean encoded;
  private final Pixels pixels = new Pixels();
  private byte[] file = new byte[0];
  private int fileLength;
  private byte[] scratch = new byte[0];

  /**
   * Begins a new image of known pixels in place of the last one.
   *
   * @param id the sample's index in its dataset
   * @return the buffer for the pixels, of at least height x width x channels bytes, to be filled
   */
  public byte[] begin(int id, int label, int height, int width, int channels) {
    this.id = id;
    this.label = label;
    encoded = false;
    return pixels.begin(height, width, channels);
  }

  /**
   * Begins a new image file in place of the last image.
   *
   * @param id the sample's index in its dataset
   * @param length of the file in bytes
   * @return the buffer for the file, of at least {@code length} bytes, to be filled
   */
  public byte[] beginFile(int id, int label, int length) {
    this.id = id;
    this.label = label;
    encoded = true;
    fileLength = length;
    if (file.length < length) {
      file = new byte[length];
    }
    return file;
  }

  /** Returns the sample's index in its dataset. */
  public int id() {
    return id;
  }

  /** Returns the class, counted from zero. */
  public int label() {
    return label;
  }

  /** Returns whether it is a file to be decoded; else its pixels are there. */
  public boolean encoded() {
    return encoded;
  }

  /** Returns the pixels of an image that is not encoded. */
  public Pixels pixels() {
    return pixels;
  }

  /** Returns the bytes of an encoded image; the array may be longer than the file. */
  public byte[] file() {
    return file;
  }

  /** Returns how many bytes of {@link #file()} belong to the image. */
  public int fileLength() {
    return fileLength;
  }

  /**
   * Returns a buffer of at least that many bytes for whoever fills the sample; its content is
   * undefined.
   */
  public byte[] scratch(int bytes) {
    Objects.checkIndex(0, bytes + 1);
    if (scratch.length < bytes) {
      scratch = new byte[bytes];
    }
    return scratch;
  }
}
