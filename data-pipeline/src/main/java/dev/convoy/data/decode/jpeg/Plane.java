package dev.convoy.data.decode.jpeg;

import dev.convoy.data.Region;

/**
 * The samples of a component that a region of the image needs: those of whole blocks. Its array
 * grows and then stays.
 */
final class Plane {
  private byte[] samples = new byte[0];
  private Component component;
  private InverseDct transform;
  private int size;
  private int width;
  private int height;
  private int stretchX;
  private int stretchY;
  private boolean fancy;
  private int firstBlockRow;
  private int endBlockRow;
  private int firstBlockColumn;
  private int endBlockColumn;

  /**
   * Makes room for a region.
   *
   * @param region of the image at that scale
   */
  void cover(Frame frame, Component of, Scale scale, Region region) {
    component = of;
    int newSize = size(frame, of, scale);
    transform = newSize == size ? transform : InverseDct.of(newSize);
    transform.discard();
    size = newSize;
    stretchX = frame.maxH() * scale.size() / (of.h() * size);
    stretchY = frame.maxV() * scale.size() / (of.v() * size);
    width = ceil((long) frame.width() * of.h() * size, (long) frame.maxH() * Frame.BLOCK);
    height = ceil((long) frame.height() * of.v() * size, (long) frame.maxV() * Frame.BLOCK);
    // libjpeg interpolates unless samples are whole blocks or there are too few of them.
    fancy = scale != Scale.EIGHTH && (width > 2 || stretchX == 1);
    int marginX = fancy && stretchX == 2 ? 1 : 0;
    int marginY = fancy && stretchY == 2 ? 1 : 0;
    int left = Math.max(0, region.left() / stretchX - marginX);
    int top = Math.max(0, region.top() / stretchY - marginY);
    int right = (region.left() + region.width() - 1) / stretchX + marginX;
    int bottom = (region.top() + region.height() - 1) / stretchY + marginY;
    firstBlockColumn = left / size;
    firstBlockRow = top / size;
    endBlockColumn = Math.min(right, width - 1) / size + 1;
    endBlockRow = Math.min(bottom, height - 1) / size + 1;
    int needed =
        Math.multiplyExact(stride(), Math.multiplyExact(endBlockRow - firstBlockRow, size));
    if (samples.length < needed) {
      samples = new byte[needed];
    }
  }

  /**
   * Returns the samples in a row of a block: subsampled components are scaled down less, so that
   * they need less upsampling, or none.
   */
  private static int size(Frame frame, Component of, Scale scale) {
    int size = scale.size();
    while (size < Frame.BLOCK
        && frame.maxH() * scale.size() % (of.h() * size * 2) == 0
        && frame.maxV() * scale.size() % (of.v() * size * 2) == 0) {
      size *= 2;
    }
    return size;
  }

  private static int ceil(long dividend, long divisor) {
    return (int) ((dividend + divisor - 1) / divisor);
  }

  /** Returns whether a block's samples are needed. */
  boolean needs(int blockRow, int blockColumn) {
    return blockRow >= firstBlockRow
        && blockRow < endBlockRow
        && blockColumn >= firstBlockColumn
        && blockColumn < endBlockColumn;
  }

  /** Returns whether samples depend on a block's first coefficient alone. */
  boolean meansOnly() {
    return size == 1;
  }

  /** Stores the samples of a block that is needed. */
  void put(int blockRow, int blockColumn, Block block) {
    int at = (blockRow - firstBlockRow) * size * stride() + (blockColumn - firstBlockColumn) * size;
    transform.transform(block, samples, at, stride());
  }

  /** Makes sure that the samples of all blocks that have been put are there. */
  void finish() {
    transform.finish();
  }

  /** Returns the component. */
  Component component() {
    return component;
  }

  int firstBlockRow() {
    return firstBlockRow;
  }

  int endBlockRow() {
    return endBlockRow;
  }

  int firstBlockColumn() {
    return firstBlockColumn;
  }

  int endBlockColumn() {
    return endBlockColumn;
  }

  /** Returns the samples in a row of the whole image. */
  int width() {
    return width;
  }

  /** Returns the rows of samples of the whole image. */
  int height() {
    return height;
  }

  /** Returns how many columns of the image share a sample. */
  int stretchX() {
    return stretchX;
  }

  /** Returns how many rows of the image share a sample. */
  int stretchY() {
    return stretchY;
  }

  /** Returns whether upsampling interpolates where it can. */
  boolean fancy() {
    return fancy;
  }

  /** Returns rows and columns of samples, as far as they are needed. */
  byte[] samples() {
    return samples;
  }

  /**
   * Returns where a sample of the image stands in the array, whose rows are {@link #stride()}
   * apart.
   */
  int at(int row, int column) {
    return (row - firstBlockRow * size) * stride() + column - firstBlockColumn * size;
  }

  int stride() {
    return (endBlockColumn - firstBlockColumn) * size;
  }
}
