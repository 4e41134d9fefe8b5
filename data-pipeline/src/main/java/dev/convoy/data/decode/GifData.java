package dev.convoy.data.decode;

/**
 * Decodes the pixels of a GIF's frame: LZW with codes of growing length, the lowest bit first
 * (GIF89a, appendix F).
 */
final class GifData {
  private static final int CODES = 4096;
  private static final int LONGEST = 12;
  private static final int NONE = -1;

  /** How decoding ended. */
  enum End {
    /** Every pixel is there. */
    WHOLE,
    /** The data ended as they should, but before the last pixel. */
    SHORT,
    /** The file ends in them. */
    EARLY,
    /** A code is not defined. */
    CORRUPT
  }

  private final ByteReader in;

  /**
   * For each code: the code of all its pixels but the last, that last one, and how many there are.
   */
  private final short[] prefix = new short[CODES];

  private final byte[] last = new byte[CODES];
  private final short[] count = new short[CODES];

  /** Where the next byte is, and what is left of its part. */
  private int at;

  private int left;
  private int bits;
  private int bitCount;

  private GifData(ByteReader in, int at) {
    this.in = in;
    this.at = at;
  }

  /**
   * Decodes the indices of all pixels.
   *
   * @param data where the length of a pixel's code stands, and the parts behind it
   * @param pixels receives indices of the palette, as far as they are there
   */
  static End decode(ByteReader in, int data, byte[] pixels) {
    if (!in.has(data, 1)) {
      return End.EARLY;
    }
    int size = in.u8(data);
    return size < 1 || size > 8 ? End.CORRUPT : new GifData(in, data + 1).decode(size, pixels);
  }

  private End decode(int size, byte[] pixels) {
    int clear = 1 << size;
    int end = clear + 1;
    for (int code = 0; code < clear; code++) {
      last[code] = (byte) code;
      count[code] = 1;
    }
    int next = end + 1;
    int length = size + 1;
    int before = NONE;
    int done = 0;
    while (done < pixels.length) {
      int code = code(length);
      if (code < 0) {
        return in.has(at, 1) ? End.SHORT : End.EARLY;
      }
      if (code == end) {
        return End.SHORT;
      }
      if (code == clear) {
        next = end + 1;
        length = size + 1;
        before = NONE;
        continue;
      }
      if (code > next || (code == next && (before == NONE || next == CODES))) {
        return End.CORRUPT;
      }
      if (before != NONE && next < CODES) {
        prefix[next] = (short) before;
        count[next] = (short) (count[before] + 1);
        last[next] = first(code == next ? before : code);
        next++;
        if (next == 1 << length && length < LONGEST) {
          length++;
        }
      }
      done = put(code, pixels, done);
      before = code;
    }
    return End.WHOLE;
  }

  private byte first(int code) {
    int its = code;
    while (count[its] > 1) {
      its = prefix[its];
    }
    return last[its];
  }

  /** Writes a code's pixels, the last one first, and returns where the next ones go. */
  private int put(int code, byte[] pixels, int from) {
    int to = from + count[code];
    int its = code;
    for (int i = to - 1; i >= from; i--) {
      if (i < pixels.length) {
        pixels[i] = last[its];
      }
      its = prefix[its];
    }
    return Math.min(to, pixels.length);
  }

  /** Returns the next code, or less than zero where the data end. */
  private int code(int length) {
    while (bitCount < length) {
      if (left == 0) {
        if (!in.has(at, 1) || in.u8(at) == 0) {
          return NONE;
        }
        left = in.u8(at++);
      }
      if (!in.has(at, 1)) {
        return NONE;
      }
      bits |= in.u8(at++) << bitCount;
      bitCount += 8;
      left--;
    }
    int code = bits & (1 << length) - 1;
    bits >>>= length;
    bitCount -= length;
    return code;
  }
}
