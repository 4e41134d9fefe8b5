package dev.convoy.kernel;

import dev.convoy.tensor.Shape;

/**
 * The images of a microbatch cut into bands of {@link #HEIGHT} rows; the last band of an image may
 * have fewer. Bands are the unit in which workers share the work of a kernel, and sums over pixels
 * are taken band by band; they depend on the shape alone, never on the number of workers.
 *
 * @param shape of one image
 */
public record RowBands(Shape shape) {
  /** The number of rows in a band: those of one row of Winograd's tiles. */
  public static final int HEIGHT = 4;

  /** Returns the number of bands in one image. */
  public int perImage() {
    return (shape.height() + HEIGHT - 1) / HEIGHT;
  }

  /** Returns the number of bands in {@code images} images. */
  public int count(int images) {
    return images * perImage();
  }

  /** Returns the first row of a band, counted over all images. */
  public int firstRow(int band) {
    return band / perImage() * shape.height() + band % perImage() * HEIGHT;
  }

  /**
   * Returns the first pixel of a band, counted over all images; the first pixel of the next band is
   * its end, also for the last one.
   */
  public int firstPixel(int band) {
    return firstRow(band) * shape.width();
  }
}
