package dev.convoy.data;

/**
 * The extents of an image, in pixels and channels; its pixels lie as HWC: rows, then columns, then
 * channels.
 */
public record ImageShape(int height, int width, int channels) {
  /** Checks that no extent is zero and that the image fits an array. */
  public ImageShape {
    if (height < 1 || width < 1 || channels < 1) {
      throw new IllegalArgumentException(
          String.format("an image of %d x %d x %d has no pixels", height, width, channels));
    }
    if ((double) height * width * channels > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          String.format("an image of %d x %d x %d is too large", height, width, channels));
    }
  }

  /** How many numbers an image has. */
  public int elements() {
    return height * width * channels;
  }

  /** As the field writes it: height x width x channels. */
  @Override
  public String toString() {
    return height + "x" + width + "x" + channels;
  }
}
