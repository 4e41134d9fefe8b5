package dev.convoy.kernel.vector.direct;

import dev.convoy.kernel.RowBands;
import dev.convoy.tensor.Shape;

/**
 * A batch cut into blocks of pixels that lie together: some rows of one image, or some whole
 * images.
 *
 * @param shape of one image
 * @param rows of a block of one image; the last block of an image may have fewer
 * @param images of a block; one, unless its rows are all of an image
 */
record ImageBlocks(Shape shape, int rows, int images) {
  /**
   * Returns blocks of about so many pixels.
   *
   * @param unit a block's rows are a multiple of it, or end with the image
   */
  static ImageBlocks of(Shape shape, int unit, int pixels) {
    if (2 * shape.pixels() <= pixels) {
      return new ImageBlocks(shape, shape.height(), pixels / shape.pixels());
    }
    int units = (shape.height() + unit - 1) / unit;
    int wanted = Math.min(units, Math.max(1, pixels / (unit * shape.width())));
    int parts = (units + wanted - 1) / wanted;
    int rows = (units + parts - 1) / parts * unit;
    return new ImageBlocks(shape, Math.min(rows, shape.height()), 1);
  }

  /** Returns the number of pixels in the largest block. */
  int pixels() {
    return images * rows * shape.width();
  }

  private int perImage() {
    return (shape.height() + rows - 1) / rows;
  }

  /** Returns the number of blocks of so many images. */
  int count(int ofImages) {
    return images > 1 ? (ofImages + images - 1) / images : ofImages * perImage();
  }

  /** Returns the first of the {@link RowBands} of a block, whose rows are whole bands. */
  int firstBand(int block) {
    return new RowBands(shape).count(firstImage(block)) + firstRow(block) / RowBands.HEIGHT;
  }

  /** Returns the first image of a block. */
  int firstImage(int block) {
    return images > 1 ? block * images : block / perImage();
  }

  /** Returns the end of a block's images, exclusive, of {@code ofImages}. */
  int endImage(int block, int ofImages) {
    return Math.min(firstImage(block) + images, ofImages);
  }

  /** Returns a block's first row in each of its images. */
  int firstRow(int block) {
    return images > 1 ? 0 : block % perImage() * rows;
  }

  /** Returns the end of a block's rows, exclusive. */
  int endRow(int block) {
    return Math.min(firstRow(block) + rows, shape.height());
  }
}
