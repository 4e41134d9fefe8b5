package dev.convoy.data.decode.jpeg;

import java.util.Arrays;

/** The coefficients of a block, dequantized, in rows of 8. */
final class Block {
  /**
   * The magnitude up to which no inverse DCT leaves 16 bits between its passes: 32767 / 4 for the
   * two bits that the first pass adds, / 1.387 for the largest factor of a basis, less some for
   * rounding. What an encoder makes of an image stays below but for extreme noise.
   */
  private static final int TAME = 5800;

  final int[] values = new int[Zigzag.COUNT];

  /** The last coefficient in zigzag order that may be other than zero. */
  int last;

  /** The sum of the coefficients' absolute values. */
  long magnitude;

  /** Whether 32-bit arithmetic and libjpeg's in 16 bits agree. */
  boolean tame() {
    return magnitude <= TAME;
  }

  /** Cuts values to 16 bits, as libjpeg-turbo multiplies; of tame ones nothing is cut. */
  void wrap() {
    for (int i = 0; i < values.length; i++) {
      values[i] = (short) values[i];
    }
  }

  /** Whether all of these rows are zero. */
  boolean isZero(int... rows) {
    int any = 0;
    for (int row : rows) {
      for (int i = 8 * row; i < 8 * row + 8; i++) {
        any |= values[i];
      }
    }
    return any == 0;
  }

  /** Makes all of it zero. */
  void clear() {
    if (last > 0) {
      Arrays.fill(values, 0);
    }
    values[0] = 0;
    last = 0;
    magnitude = 0;
  }

  /**
   * Fills a cleared block.
   *
   * @param quantized coefficients, in rows of 8, from {@code at} on
   * @param quantization factors in zigzag order
   */
  void dequantize(short[] quantized, int at, int[] quantization) {
    long sum = 0;
    for (int k = 0; k < Zigzag.COUNT; k++) {
      int place = Zigzag.PLACES[k];
      int coefficient = quantized[at + place];
      if (coefficient != 0) {
        int value = coefficient * quantization[k];
        values[place] = value;
        sum += Math.abs(value);
        last = k;
      }
    }
    magnitude = sum;
  }
}
