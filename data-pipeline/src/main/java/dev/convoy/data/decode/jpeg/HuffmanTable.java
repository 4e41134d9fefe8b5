package dev.convoy.data.decode.jpeg;

import java.util.Arrays;

/**
 * A Huffman table (ITU-T T.81, annex C) and what speeds it up: the symbol of each beginning of
 * {@link #LOOKUP} bits, and for AC coefficients of sequential scans even the coefficient, where
 * code and value together fit into {@link #AC_LOOKUP} bits.
 */
final class HuffmanTable {
  /** Bits that index {@link #symbols}. */
  static final int LOOKUP = 9;

  /** Bits that index {@link #coefficients}. */
  static final int AC_LOOKUP = 10;

  /** Longest code. */
  static final int LONGEST = 16;

  /** Marks an entry of {@link #coefficients} that is not a coefficient with all of its bits. */
  static final int OTHER = 0x40;

  /** A run that leads beyond the last coefficient: the end of the block. */
  static final int END_OF_BLOCK = 64;

  /** Code length x 256 + symbol, or 0 for longer codes. */
  final short[] symbols = new short[1 << LOOKUP];

  /**
   * What is to be done: bits 0 to 5 how many bits to drop, bits 8 to 15 how many zeros go before,
   * bits 16 to 31 the coefficient. With {@link #OTHER} the number of the coefficient's bits, which
   * follow, stands in its place, or 0 if there is none; for longer codes there is nothing else.
   */
  final int[] coefficients = new int[1 << AC_LOOKUP];

  /** For each length the first code, left-justified in 16 bits, that is longer. */
  private final int[] limits = new int[LONGEST + 1];

  /** For each length what turns a code of that length into the index of its value. */
  private final int[] offsets = new int[LONGEST + 1];

  private final byte[] values;

  /**
   * Builds a table.
   *
   * @param counts the number of codes of each length from 1 to 16
   * @param values the symbols, in the order of their codes
   * @param dc whether it is for DC coefficients, whose symbols are at most 15
   */
  HuffmanTable(int[] counts, byte[] values, boolean dc) throws JpegException {
    this.values = values;
    Arrays.fill(coefficients, OTHER);
    int code = 0;
    int index = 0;
    for (int length = 1; length <= LONGEST; length++) {
      offsets[length] = index - code;
      for (int i = 0; i < counts[length - 1]; i++, code++, index++) {
        if (code >= (1 << length) - 1 || index >= values.length) {
          throw bad();
        }
        enter(code, length, values[index] & 0xff, dc);
      }
      limits[length] = code << (LONGEST - length);
      code <<= 1;
    }
  }

  private static JpegException bad() {
    return JpegException.broken("a Huffman table is not one");
  }

  private void enter(int code, int length, int symbol, boolean dc) throws JpegException {
    if (dc && symbol > 15) {
      throw bad();
    }
    if (length <= LOOKUP) {
      int from = code << (LOOKUP - length);
      Arrays.fill(symbols, from, from + (1 << (LOOKUP - length)), (short) (length << 8 | symbol));
    }
    if (!dc && length <= AC_LOOKUP) {
      enterCoefficients(code, length, symbol);
    }
  }

  private void enterCoefficients(int code, int length, int symbol) {
    int free = AC_LOOKUP - length;
    int from = code << free;
    int run = symbol >> 4;
    int size = symbol & 15;
    if (size == 0) {
      int zeros = run == 15 ? 16 : END_OF_BLOCK;
      Arrays.fill(coefficients, from, from + (1 << free), zeros << 8 | OTHER | length);
    } else if (size > free) {
      int entry = size << 16 | run << 8 | OTHER | length;
      Arrays.fill(coefficients, from, from + (1 << free), entry);
    } else {
      for (int bits = 0; bits < 1 << free; bits++) {
        int value = BitReader.extend(bits >> (free - size), size);
        coefficients[from + bits] = value << 16 | run << 8 | (length + size);
      }
    }
  }

  /**
   * Finds a code that is longer than the lookup tables' bits.
   *
   * @param bits the next 16
   * @return code length x 256 + symbol, or, for bits that are no code, 17 x 256
   */
  int search(int bits) {
    for (int length = LOOKUP + 1; length <= LONGEST; length++) {
      if (bits < limits[length]) {
        int index = (bits >> (LONGEST - length)) + offsets[length];
        return length << 8 | (values[index] & 0xff);
      }
    }
    return (LONGEST + 1) << 8;
  }
}
