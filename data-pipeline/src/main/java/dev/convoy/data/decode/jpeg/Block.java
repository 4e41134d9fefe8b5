package dev.convoy.data.decode.jpeg;

/** The coefficients of a block, dequantized, in rows of 8. */
final class Block {
  /**
   * The magnitude up to which no inverse DCT leaves 16 bits between its passes: 32767 / 4 for the
   * two bits that the first pass adds, / 1.387 for the largest factor of a basis, less some for
   * rounding. What an encoder makes of an image stays below but for extreme noise.
   */
  private static final int TAME = 5800;

  final int[] values = new int[Zigzag.COUNT];

  /** The places of the coefficients that may be other than zero; that of DC is always there. */
  final int[] places = new int[Zigzag.COUNT];

  /** How many places there are. */
  int count = 1;

  /** The sum of the coefficients' absolute values. */
  long magnitude;

  /** Whether there is no AC coefficient. */
  boolean isConstant() {
    return count == 1;
  }

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
    for (int i = 0; i < count; i++) {
      values[places[i]] = 0;
    }
    count = 1;
    magnitude = 0;
  }

  /**
   * Fills a cleared block.
   *
   * @param quantized coefficients, in rows of 8, from {@code at} on
   * @param quantization factors in zigzag order
   */
  void dequantize(short[] quantized, int at, int[] quantization) {
    values[0] = quantized[at] * quantization[0];
    long sum = Math.abs(values[0]);
    for (int k = 1; k < Zigzag.COUNT; k++) {
      int place = Zigzag.PLACES[k];
      int coefficient = quantized[at + place];
      if (coefficient != 0) {
        int value = coefficient * quantization[k];
        values[place] = value;
        sum += Math.abs(value);
        places[count++] = place;
      }
    }
    magnitude = sum;
  }
}
