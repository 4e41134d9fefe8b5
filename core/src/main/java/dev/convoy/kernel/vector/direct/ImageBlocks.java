package dev.convoy.kernel.vector.direct;

import dev.convoy.kernel.RowBands;
import dev.convoy.tensor.Shape;

/**
 * A batch cut into blocks of pixels that lie together: some rows of one image, or some whole
 * images.
 *
 * @param shape of one image
 * @param rows of a block of one image; the last of an image may be lower
 * @param images of a block; one, unless its rows are all of an image
 */
record ImageBlocks(Shape shape, int rows, int images) {
  /**
   * Blocks of about so many pixels.
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

  /** Pixels of the largest block. */
  int pixels() {
    return images * rows * shape.width();
  }

  private int perImage() {
    return (shape.height() + rows - 1) / rows;
  }

  /** Blocks of so many images. */
  int count(int ofImages) {
    return images > 1 ? (ofImages + images - 1) / images : ofImages * perImage();
  }

  /** The first of the {@link RowBands} of a block, whose rows are whole bands. */
  int firstBand(int block) {
    return new RowBands(shape).count(firstImage(block)) + firstRow(block) / RowBands.HEIGHT;
  }

  /** The first image of a block. */
  int firstImage(int block) {
    return images > 1 ? block * images : block / perImage();
  }

  /** The end of its images, exclusive, of {@code ofImages}. */
  int endImage(int block, int ofImages) {
    return Math.min(firstImage(block) + images, ofImages);
  }

  /** Its first row in each of its images. */
  int firstRow(int block) {
    return images > 1 ? 0 : block % perImage() * rows;
  }

  /** The end of its rows, exclusive. */
  int endRow(int block) {
    return Math.min(firstRow(block) + rows, shape.height());
  }
}
