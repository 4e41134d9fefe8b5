package dev.convoy.data.decode.jpeg;

/**
 * The dequantized coefficients of a block that are other than zero, and the first one, which is
 * always there.
 */
final class Block {
  /**
   * The magnitude up to which no inverse DCT leaves 16 bits between its passes: 32767 / 4 for the
   * two bits that the first pass adds, / 1.387 for the largest factor of a basis, less some for
   * rounding. What an encoder makes of an image stays below but for extreme noise.
   */
  private static final int TAME = 5800;

  /** Where each coefficient stands in rows of 8; the first is 0. */
  final int[] places = new int[Zigzag.COUNT];

  /** Each coefficient; of two at the same place the last counts. */
  final int[] values = new int[Zigzag.COUNT];

  /** How many coefficients there are. */
  int count = 1;

  /** The sum of the coefficients' absolute values. */
  long magnitude;

  /** Makes this a block of the first coefficient alone. */
  void set(int dc) {
    values[0] = dc;
    count = 1;
    magnitude = Math.abs(dc);
  }

  /** Returns whether there is no AC coefficient. */
  boolean isConstant() {
    return count == 1;
  }

  /** Returns whether 32-bit arithmetic and libjpeg's in 16 bits agree. */
  boolean tame() {
    return magnitude <= TAME;
  }

  /**
   * Takes quantized coefficients.
   *
   * @param quantized in rows of 8, from {@code at} on
   * @param quantization factors in zigzag order
   */
  void dequantize(short[] quantized, int at, int[] quantization) {
    set(quantized[at] * quantization[0]);
    for (int k = 1; k < Zigzag.COUNT; k++) {
      int place = Zigzag.PLACES[k];
      int coefficient = quantized[at + place];
      if (coefficient != 0) {
        int value = coefficient * quantization[k];
        places[count] = place;
        values[count++] = value;
        magnitude += Math.abs(value);
      }
    }
  }

  /**
   * Stores the coefficients in rows of 8 zeros; those of a block that is not tame are cut to 16
   * bits, as libjpeg-turbo multiplies.
   */
  void spread(int[] zeros) {
    boolean tame = tame();
    for (int i = 0; i < count; i++) {
      zeros[places[i]] = tame ? values[i] : (short) values[i];
    }
  }

  /** Makes what has been spread zero again. */
  void clear(int[] spread) {
    for (int i = 0; i < count; i++) {
      spread[places[i]] = 0;
    }
  }

  /** Returns whether all of these rows of 8 are zero. */
  static boolean isZero(int[] spread, int... rows) {
    int any = 0;
    for (int row : rows) {
      for (int i = 8 * row; i < 8 * row + 8; i++) {
        any |= spread[i];
      }
    }
    return any == 0;
  }
}
