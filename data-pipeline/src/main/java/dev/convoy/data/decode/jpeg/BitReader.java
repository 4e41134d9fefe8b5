package dev.convoy.data.decode.jpeg;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The bits of an entropy-coded segment (ITU-T T.81, B.1.1.5 and F.2.2.5): bytes without the zeros
 * that are stuffed after 0xff, up to a marker or the file's end. Beyond that come zeros for ever,
 * as libjpeg has it; {@link #overrun()} tells when they have been used.
 *
 * <p>Loops that decode whole blocks keep {@link #buffer} and {@link #count} in local variables.
 */
final class BitReader {
  /** What {@link #fill} leaves at least: the longest code and the longest value. */
  static final int FILLED = 32;

  private static final int BUFFER = 64;
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] bytes;
  private final int end;

  /** The next bits, the first of them on top; below the last are zeros. */
  long buffer;

  /** How many bits the buffer holds. */
  int count;

  /** How many of all bits were not in the file. */
  private int padding;

  private int at;
  private int marker;
  private int badCodes;

  /** Creates a reader of the bytes before the end, exclusive. */
  BitReader(byte[] bytes, int at, int end) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  /** Forgets the bits that are left and goes on behind a marker. */
  void restart(int from, int unreadMarker) {
    buffer = 0;
    count = 0;
    padding = 0;
    at = from;
    marker = unreadMarker;
  }

  /** Returns where reading has come to; if there is a {@link #marker()}, behind it. */
  int position() {
    return at;
  }

  /**
   * Returns the marker that ends the segment, if reading has come to it, or 0; {@link
   * Marker#FILE_END} at the end of the file.
   */
  int marker() {
    return marker;
  }

  /** Returns how many whole bytes of the file have been read but not used. */
  int unusedBytes() {
    return Math.max(0, count - padding) / 8;
  }

  /** Returns whether more bits have been used than there are. */
  boolean overrun() {
    return count < padding;
  }

  /** Counts a code that is not defined. */
  void countBadCode() {
    badCodes++;
  }

  /** Returns how many codes were not defined since this was last asked. */
  int takeBadCodes() {
    int bad = badCodes;
    badCodes = 0;
    return bad;
  }

  /** Reads on; at most 32 bits may be left, and more than that are there afterwards. */
  void fill() {
    if (at <= end - 4 && marker == 0) {
      int next = (int) INT.get(bytes, at);
      // Whether no byte is 0xff: none of the complement's is zero.
      if ((next & (~next - 0x01010101) & 0x80808080) == 0) {
        buffer |= (next & 0xffffffffL) << (BUFFER - 32 - count);
        count += 32;
        at += 4;
        return;
      }
    }
    fillByBytes();
  }

  private void fillByBytes() {
    while (count <= BUFFER - 8) {
      int next = nextByte();
      if (next < 0) {
        padding += BUFFER - count;
        count = BUFFER;
        return;
      }
      buffer |= (long) next << (BUFFER - 8 - count);
      count += 8;
    }
  }

  /** Returns the next byte without stuffing, or -1 at a marker. */
  private int nextByte() {
    if (marker != 0) {
      return -1;
    }
    if (at >= end) {
      marker = Marker.FILE_END;
      return -1;
    }
    int next = bytes[at++] & 0xff;
    if (next == 0xff) {
      do {
        if (at >= end) {
          marker = Marker.FILE_END;
          return -1;
        }
        next = bytes[at++] & 0xff;
      } while (next == 0xff);
      if (next != 0) {
        marker = next;
        return -1;
      }
      next = 0xff;
    }
    return next;
  }

  /** Returns the next bits as a number; 0 to 16 of them. */
  int bits(int size) {
    if (count < FILLED) {
      fill();
    }
    int value = (int) (buffer >>> 1 >>> (BUFFER - 1 - size));
    buffer <<= size;
    count -= size;
    return value;
  }

  /** Returns whether the next bit is one. */
  boolean bit() {
    if (count < 1) {
      fill();
    }
    boolean one = buffer < 0;
    buffer <<= 1;
    count--;
    return one;
  }

  /** Decodes a symbol (F.2.2.3). */
  int symbol(HuffmanTable table) {
    if (count < FILLED) {
      fill();
    }
    int entry = table.symbols[(int) (buffer >>> (BUFFER - HuffmanTable.LOOKUP))];
    if (entry == 0) {
      entry = search(table, buffer);
    }
    buffer <<= entry >> 8;
    count -= entry >> 8;
    return entry & 0xff;
  }

  /**
   * Looks up a long code.
   *
   * @param next bits, the first on top
   * @return its length x 256 + symbol; what is no code is 17 bits of symbol 0
   */
  int search(HuffmanTable table, long next) {
    int entry = table.search((int) (next >>> (BUFFER - HuffmanTable.LONGEST)));
    if (entry >> 8 > HuffmanTable.LONGEST) {
      badCodes++;
    }
    return entry;
  }

  /** Returns a number of that many bits, with the sign of its first (F.2.2.1, EXTEND). */
  static int extend(int bits, int size) {
    return bits < 1 << size >> 1 ? bits - (1 << size) + 1 : bits;
  }
}
