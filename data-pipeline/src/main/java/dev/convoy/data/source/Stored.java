package dev.convoy.data.source;

/**
 * How the bytes of each of a source's images are to be read.
 *
 * @param order of the bytes
 * @param height of raw images in pixels, 0 of files
 * @param width of raw images in pixels, 0 of files
 * @param channels of raw images, 0 of files
 */
public record Stored(Order order, int height, int width, int channels) {
  /** An image file, such as JPEG; each of its own size. */
  public static final Stored FILES = new Stored(Order.FILE, 0, 0, 0);

  /** The order of an image's bytes. */
  public enum Order {
    /** An image file. */
    FILE,
    /** Raw 8-bit pixels, channels innermost. */
    HWC,
    /** Raw 8-bit planes, one channel after the other, as in CIFAR. */
    CHW
  }
}
