package dev.convoy.data.decode;

/**
 * How PNG stores a pixel (PNG, third edition, 11.2.1).
 *
 * @param type the colour type
 * @param depth bits of a sample
 * @param count samples of a pixel
 */
record PngSample(int type, int depth, int count) {
  static final int GREY = 0;
  static final int RGB = 2;
  static final int PALETTE = 3;
  static final int GREY_ALPHA = 4;
  static final int RGB_ALPHA = 6;

  /** Returns the sample of a header's numbers, or null if they are not defined. */
  static PngSample of(int type, int depth) {
    if (Integer.bitCount(depth) != 1 || depth > 16) {
      return null;
    }
    return switch (type) {
      case GREY -> new PngSample(type, depth, 1);
      case PALETTE -> depth > 8 ? null : new PngSample(type, depth, 1);
      case RGB -> depth < 8 ? null : new PngSample(type, depth, 3);
      case GREY_ALPHA -> depth < 8 ? null : new PngSample(type, depth, 2);
      case RGB_ALPHA -> depth < 8 ? null : new PngSample(type, depth, 4);
      default -> null;
    };
  }

  /** Returns the number of components of colour: 1 or 3. */
  int components() {
    return type == GREY || type == GREY_ALPHA ? 1 : 3;
  }

  /** Returns the bytes of that many pixels of a row. */
  long bytes(int pixels) {
    return ((long) pixels * depth * count + 7) / 8;
  }

  /** Returns the distance in bytes to the neighbour on the left, for the filters. */
  int step() {
    return Math.max(1, depth * count / 8);
  }

  /** Returns the largest value. */
  int most() {
    return (1 << depth) - 1;
  }

  /** Returns a sample of a row. */
  int at(byte[] row, int index) {
    if (depth == 8) {
      return row[index] & 0xff;
    }
    if (depth == 16) {
      return (row[2 * index] & 0xff) << 8 | (row[2 * index + 1] & 0xff);
    }
    int bit = index * depth;
    return row[bit >> 3] >> (8 - depth - (bit & 7)) & most();
  }
}
