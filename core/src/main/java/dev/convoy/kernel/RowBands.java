package dev.convoy.kernel;

import dev.convoy.tensor.Shape;

/**
 * The images of a microbatch cut into bands of {@link #HEIGHT} rows, the last of an image perhaps
 * lower. RowBands are the unit in which kernels share their work and in which sums over pixels are
 * begun anew; they depend on the shape alone, never on the number of workers.
 *
 * @param shape of one image
 */
public record RowBands(Shape shape) {
  /** Rows of a band: those of one row of Winograd's tiles. */
  public static final int HEIGHT = 4;

  /** RowBands of one image. */
  public int perImage() {
    return (shape.height() + HEIGHT - 1) / HEIGHT;
  }

  /** RowBands of {@code images} images. */
  public int count(int images) {
    return images * perImage();
  }

  /** The first row of a band, counted over all images. */
  public int firstRow(int band) {
    return band / perImage() * shape.height() + band % perImage() * HEIGHT;
  }

  /**
   * The first pixel of a band, counted over all images; that of the band after the last ends it.
   */
  public int firstPixel(int band) {
    return firstRow(band) * shape.width();
  }
}
