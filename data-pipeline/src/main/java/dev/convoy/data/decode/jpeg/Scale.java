package dev.convoy.data.decode.jpeg;

import dev.convoy.data.Region;

/**
 * The size at which an image is decoded: the inverse DCT of a block's lower frequencies alone makes
 * fewer samples of it, at a fraction of the cost (as libjpeg's {@code scale_denom}).
 */
public enum Scale {
  /** As it is stored. */
  FULL(8),
  /** Half of its rows and columns, rounded up. */
  HALF(4),
  /** A quarter. */
  QUARTER(2),
  /** An eighth: a sample a block. */
  EIGHTH(1);

  private final int size;

  Scale(int size) {
    this.size = size;
  }

  /** Returns the samples in a row of a block of a component that is not upsampled. */
  int size() {
    return size;
  }

  /** Returns the rows or columns of an image that has so many at full size. */
  public int of(int rows) {
    return Frame.ceil(rows * size, Frame.BLOCK);
  }

  /** Returns all of an image that has so many rows and columns at full size. */
  public Region whole(int height, int width) {
    return Region.whole(of(height), of(width));
  }
}
