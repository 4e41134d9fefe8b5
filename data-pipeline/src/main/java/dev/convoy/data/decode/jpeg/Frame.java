package dev.convoy.data.decode.jpeg;

import dev.convoy.data.decode.jpeg.JpegException.Kind;
import java.util.Locale;
import java.util.function.IntSupplier;

/**
 * A frame header (ITU-T T.81, B.2.2).
 *
 * @param progressive whether coefficients come in several scans
 * @param height rows of the image
 * @param width columns of the image
 * @param maxH the greatest horizontal sampling factor
 * @param maxV the greatest vertical sampling factor
 * @param components in their order
 */
record Frame(
    boolean progressive, int height, int width, int maxH, int maxV, Component[] components) {
  /** Samples in a row and in a column of a block. */
  static final int BLOCK = 8;

  private static final int FACTOR_MOST = 4;

  /**
   * Reads the header.
   *
   * @param lines of the image, asked for if the header leaves them to a DNL segment
   */
  static Frame read(int marker, Segment segment, IntSupplier lines) throws JpegException {
    int precision = segment.u8();
    int rows = segment.u16();
    int columns = segment.u16();
    int count = segment.u8();
    checkProcess(marker, precision);
    if (count != 1 && count != 3 && count != 4) {
      throw JpegException.broken(
          String.format(
              Locale.ROOT, "it has %d components, but only 1, 3 and 4 are allowed", count));
    }
    int[] numbers = new int[4 * count];
    int maxH = 1;
    int maxV = 1;
    for (int i = 0; i < numbers.length; i += 4) {
      numbers[i] = segment.u8();
      int factors = segment.u8();
      numbers[i + 1] = factors >> 4;
      numbers[i + 2] = factors & 15;
      numbers[i + 3] = segment.u8();
      maxH = Math.max(maxH, numbers[i + 1]);
      maxV = Math.max(maxV, numbers[i + 2]);
    }
    segment.finish();
    rows = rows == 0 ? lines.getAsInt() : rows;
    Component[] components = new Component[count];
    for (int c = 0; c < count; c++) {
      int h = numbers[4 * c + 1];
      int v = numbers[4 * c + 2];
      checkSampling(h, maxH);
      checkSampling(v, maxV);
      components[c] =
          new Component(
              c,
              numbers[4 * c],
              h,
              v,
              numbers[4 * c + 3],
              ceil(columns * h, BLOCK * maxH),
              ceil(rows * v, BLOCK * maxV),
              h * ceil(columns, BLOCK * maxH),
              v * ceil(rows, BLOCK * maxV));
    }
    return new Frame(marker == Marker.SOF2, rows, columns, maxH, maxV, components);
  }

  private static void checkProcess(int marker, int precision) throws JpegException {
    String name =
        switch (marker) {
          case Marker.SOF0, Marker.SOF1, Marker.SOF2 ->
              precision == BLOCK ? null : precision + " bits a sample";
          case Marker.SOF3, Marker.SOF11 -> "lossless coding";
          case Marker.SOF9, Marker.SOF10 -> "arithmetic coding";
          default -> "hierarchical coding";
        };
    if (name != null) {
      throw new JpegException(
          Kind.UNSUPPORTED,
          "of "
              + name
              + "; allowed are baseline, extended and progressive Huffman coding of 8 bits");
    }
  }

  private static void checkSampling(int factor, int most) throws JpegException {
    if (factor < 1 || factor > FACTOR_MOST) {
      throw JpegException.broken("a sampling factor is " + factor + ", not 1 to " + FACTOR_MOST);
    }
    if (most % factor != 0) {
      throw new JpegException(
          Kind.UNSUPPORTED,
          "with sampling factors of "
              + factor
              + " and "
              + most
              + "; only those that divide the greatest are allowed");
    }
  }

  static int ceil(int dividend, int divisor) {
    return (dividend + divisor - 1) / divisor;
  }

  /** Returns the number of MCUs in a row of an interleaved scan. */
  int mcusAcross() {
    return ceil(width, BLOCK * maxH);
  }

  /** Returns the number of rows of MCUs of an interleaved scan. */
  int mcusDown() {
    return ceil(height, BLOCK * maxV);
  }
}
