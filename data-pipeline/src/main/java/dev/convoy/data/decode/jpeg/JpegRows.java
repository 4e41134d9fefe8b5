package dev.convoy.data.decode.jpeg;

/** The rows of a decoded region; valid until its decoder decodes something else. */
@FunctionalInterface
public interface JpegRows {
  /**
   * Makes a row.
   *
   * @param row counted from the region's first
   * @param rgb receives red, green and blue of each column
   * @param first where in it
   */
  void read(int row, byte[] rgb, int first);
}
