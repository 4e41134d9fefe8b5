package dev.convoy.data.decode;

/**
 * Decimal numbers of a Netpbm file, one after the other, with comments from # to the line's end.
 */
final class PnmNumbers {
  private static final int MOST_DIGITS = 9;

  private final ByteReader in;
  private final String where;
  private int at;

  /** Reads the numbers behind the two bytes that name the format. */
  PnmNumbers(ByteReader in, String where) {
    this(in, where, 2);
  }

  private PnmNumbers(ByteReader in, String where, int at) {
    this.in = in;
    this.where = where;
    this.at = at;
  }

  /** Returns a reader of the same numbers that begins here; this one goes on by itself. */
  PnmNumbers again() {
    return new PnmNumbers(in, where, at);
  }

  ByteReader in() {
    return in;
  }

  String where() {
    return where;
  }

  /** Returns the number that comes next. */
  int next() {
    skipSpace();
    int from = at;
    int number = 0;
    while (in.has(at, 1) && in.u8(at) >= '0' && in.u8(at) <= '9' && at - from < MOST_DIGITS) {
      number = 10 * number + in.u8(at++) - '0';
    }
    if (at == from) {
      throw in.has(at, 1)
          ? BrokenImage.because(where, Format.PNM, "byte " + at + " is not part of a number")
          : BrokenImage.early(where);
    }
    return number;
  }

  /** Returns the digit 0 or 1 that comes next; white space between them may be missing. */
  int bit() {
    skipSpace();
    if (!in.has(at, 1)) {
      throw BrokenImage.early(where);
    }
    int bit = in.u8(at++) - '0';
    if (bit != 0 && bit != 1) {
      throw BrokenImage.because(where, Format.PNM, "byte " + (at - 1) + " is not 0 or 1");
    }
    return bit;
  }

  /** Returns where the bytes begin that follow the numbers: behind a single white space. */
  int behind() {
    return at + 1;
  }

  private void skipSpace() {
    while (in.has(at, 1) && (Character.isWhitespace(in.u8(at)) || in.u8(at) == '#')) {
      boolean comment = in.u8(at) == '#';
      at++;
      while (comment && in.has(at, 1) && in.u8(at) != '\n' && in.u8(at) != '\r') {
        at++;
      }
    }
  }
}
