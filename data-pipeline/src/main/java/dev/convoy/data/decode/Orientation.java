package dev.convoy.data.decode;

import dev.convoy.data.Region;

/**
 * How a stored image is to be turned for a person: the values of EXIF's tag 0x0112 (CIPA DC-008,
 * 4.6.4), in their order from 1. Row y and column x of the image as seen are, as stored, row y and
 * column x, or x and y where {@link #transposed()}, each counted from the end where flipped.
 */
public enum Orientation {
  /** 1: as stored. */
  NORMAL(false, false, false),
  /** 2: left and right are swapped. */
  MIRRORED(false, false, true),
  /** 3: turned by 180 degrees. */
  UPSIDE_DOWN(false, true, true),
  /** 4: top and bottom are swapped. */
  FLIPPED(false, true, false),
  /** 5: rows are columns. */
  TRANSPOSED(true, false, false),
  /** 6: to be turned by 90 degrees clockwise. */
  CLOCKWISE(true, true, false),
  /** 7: rows are columns, both from the end. */
  TRANSVERSE(true, true, true),
  /** 8: to be turned by 90 degrees counterclockwise. */
  COUNTERCLOCKWISE(true, false, true);

  private static final Orientation[] VALUES = values();

  private final boolean transposed;
  private final boolean rowsFlipped;
  private final boolean columnsFlipped;

  Orientation(boolean transposed, boolean rowsFlipped, boolean columnsFlipped) {
    this.transposed = transposed;
    this.rowsFlipped = rowsFlipped;
    this.columnsFlipped = columnsFlipped;
  }

  /** Returns the orientation of EXIF's number; one that is not defined counts as 1. */
  static Orientation of(int exif) {
    return exif >= 1 && exif <= VALUES.length ? VALUES[exif - 1] : NORMAL;
  }

  /** Returns whether stored rows are seen as columns. */
  boolean transposed() {
    return transposed;
  }

  /** Returns whether columns are counted from the end. */
  boolean columnsFlipped() {
    return columnsFlipped;
  }

  /**
   * Returns where a region that a person sees is stored.
   *
   * @param height of the stored image
   * @param width of the stored image
   */
  Region stored(Region seen, int height, int width) {
    int rows = transposed ? seen.width() : seen.height();
    int columns = transposed ? seen.height() : seen.width();
    int top = transposed ? seen.left() : seen.top();
    int left = transposed ? seen.top() : seen.left();
    return new Region(
        rowsFlipped ? height - top - rows : top,
        columnsFlipped ? width - left - columns : left,
        rows,
        columns);
  }

  /**
   * Returns where the pixels of a stored region lie in what a person sees of it.
   *
   * @param height of the stored region
   * @param width of the stored region
   */
  Placement placement(int height, int width) {
    int row = transposed ? 1 : width;
    int column = transposed ? height : 1;
    int first =
        (rowsFlipped ? (height - 1) * row : 0) + (columnsFlipped ? (width - 1) * column : 0);
    return new Placement(first, rowsFlipped ? -row : row, columnsFlipped ? -column : column);
  }

  /**
   * The number, in row-major order, of the pixel in stored row r and column c: first + r x row + c
   * x column.
   */
  record Placement(int first, int row, int column) {}
}
