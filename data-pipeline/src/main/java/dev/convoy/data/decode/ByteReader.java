package dev.convoy.data.decode;

/**
 * Numbers at places of a file, each checked against its end.
 *
 * @param bytes of the file, and perhaps more
 * @param from where the readable part begins
 * @param to where it ends, exclusive
 */
record ByteReader(byte[] bytes, int from, int to) {
  /** Returns whether that many bytes from there are all of the readable part. */
  boolean has(int at, int count) {
    return at >= from && count >= 0 && at <= to - count;
  }

  /** Returns an unsigned byte that is there. */
  int u8(int at) {
    return bytes[at] & 0xff;
  }

  /** Returns an unsigned big-endian number of two bytes that are there. */
  int u16(int at) {
    return u8(at) << 8 | u8(at + 1);
  }

  /** Returns a big-endian number of four bytes that are there. */
  int i32(int at) {
    return u16(at) << 16 | u16(at + 2);
  }

  /** Returns an unsigned little-endian number of two bytes that are there. */
  int u16le(int at) {
    return u8(at) | u8(at + 1) << 8;
  }

  /** Returns a little-endian number of four bytes that are there. */
  int i32le(int at) {
    return u16le(at) | u16le(at + 2) << 16;
  }

  /** Returns whether these characters, a byte each, stand there. */
  boolean says(int at, String text) {
    if (!has(at, text.length())) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (u8(at + i) != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
