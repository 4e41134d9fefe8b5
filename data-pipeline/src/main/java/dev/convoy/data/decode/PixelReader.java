package dev.convoy.data.decode;

/** Rows of an image as 8-bit red, green and blue. */
@FunctionalInterface
interface PixelReader {
  /**
   * Reads a row; each is asked for once, from the first to the last.
   *
   * @param rgb receives red, green and blue of each column
   * @param first where in it
   * @throws dev.convoy.data.DataException if the data are broken there
   */
  void read(int row, byte[] rgb, int first);
}
