package dev.convoy.data.decode;

import dev.convoy.data.DataException;

/**
 * The values of a Netpbm image.
 *
 * @param type the digit of its first two bytes
 * @param row values of a row
 * @param rows how many
 * @param most the largest value
 * @param numbers behind the header
 * @param whole whether all must be there
 */
record PnmSamples(int type, long row, int rows, int most, PnmNumbers numbers, boolean whole) {
  private static final int LAST_OF_TEXT = 3;
  private static final int BITMAP_OF_TEXT = 1;
  private static final int BITMAP = 4;
  private static final int BYTE = 255;

  /** Returns all of them in 8 bits; those that are not there are black. */
  byte[] read() {
    return type <= LAST_OF_TEXT ? text() : bytes();
  }

  private byte[] text() {
    ByteReader in = numbers.in();
    // Before memory is taken: each value takes at least a digit.
    if (whole && row * rows > in.to()) {
      throw BrokenImage.early(numbers.where());
    }
    byte[] levels = new byte[Math.toIntExact(row * rows)];
    PnmNumbers values = numbers.again();
    try {
      for (int i = 0; i < levels.length; i++) {
        levels[i] = level(type == BITMAP_OF_TEXT ? 1 - values.bit() : values.next());
      }
    } catch (DataException e) {
      if (whole) {
        throw e;
      }
    }
    return levels;
  }

  private byte[] bytes() {
    ByteReader in = numbers.in();
    int from = numbers.behind();
    int each = most > BYTE ? 2 : 1;
    long stored = type == BITMAP ? (row + 7) / 8 : row * each;
    if (whole && from + stored * rows > in.to()) {
      throw BrokenImage.early(numbers.where());
    }
    byte[] levels = new byte[Math.toIntExact(row * rows)];
    for (int y = 0; y < rows; y++) {
      for (int i = 0; i < row; i++) {
        long at = from + y * stored + (type == BITMAP ? i / 8 : (long) i * each);
        if (at + each <= in.to()) {
          int place = (int) at;
          int value =
              type == BITMAP
                  ? 1 - (in.u8(place) >> (7 - i % 8) & 1)
                  : each == 2 ? in.u16(place) : in.u8(place);
          levels[(int) (y * row) + i] = level(value);
        }
      }
    }
    return levels;
  }

  private byte level(int value) {
    return (byte) (most == BYTE ? value : Backdrop.toByte(Math.min(value, most), most));
  }
}
