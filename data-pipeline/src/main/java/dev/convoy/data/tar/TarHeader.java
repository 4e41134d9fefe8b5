package dev.convoy.data.tar;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The block before each member (POSIX.1-1988, and GNU tar's {@code tar.h}):
 *
 * <pre>
 *   0    100   108   116   124    136     148        156    157    257     263
 *   name | mode | uid | gid | size | mtime | checksum | type | link | magic | version
 *   345: ustar's beginning of the name       386, 482, 483: GNU's holes
 * </pre>
 */
final class TarHeader {
  static final int BLOCK = 512;

  private static final int NAME = 0;
  private static final int NAME_BYTES = 100;
  private static final int SIZE = 124;
  private static final int SIZE_BYTES = 12;
  private static final int CHECKSUM = 148;
  private static final int CHECKSUM_BYTES = 8;
  private static final int TYPE = 156;
  private static final int LINK = 157;
  private static final int MAGIC = 257;
  private static final int PREFIX = 345;
  private static final int PREFIX_BYTES = 155;
  private static final int STAR_PREFIX_BYTES = 131;
  private static final int STAR_MAGIC = 508;

  private static final byte[] USTAR = {'u', 's', 't', 'a', 'r', 0};
  private static final byte[] STAR = {'t', 'a', 'r', 0};

  private final byte[] block;

  TarHeader(byte[] block) {
    this.block = block;
  }

  /** Returns whether all bytes are zero: the mark of an archive's end. */
  static boolean isZero(byte[] block, int length) {
    for (int i = 0; i < length; i++) {
      if (block[i] != 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns whether the block is a header: it holds the sum of its bytes, which some tars took
   * signed.
   */
  boolean isValid() {
    long signed = 0;
    long unsigned = 0;
    for (int i = 0; i < BLOCK; i++) {
      byte b = i >= CHECKSUM && i < CHECKSUM + CHECKSUM_BYTES ? (byte) ' ' : block[i];
      signed += b;
      unsigned += b & 0xff;
    }
    long stored = number(CHECKSUM, CHECKSUM_BYTES);
    return stored >= 0 && (stored == signed || stored == unsigned);
  }

  /** Returns the member's name, with the beginning that ustar keeps apart. */
  byte[] name() {
    byte[] name = text(NAME, NAME_BYTES);
    if (!Arrays.equals(block, MAGIC, MAGIC + USTAR.length, USTAR, 0, USTAR.length)) {
      return name;
    }
    boolean star = Arrays.equals(block, STAR_MAGIC, STAR_MAGIC + STAR.length, STAR, 0, STAR.length);
    byte[] prefix = text(PREFIX, star ? STAR_PREFIX_BYTES : PREFIX_BYTES);
    if (prefix.length == 0) {
      return name;
    }
    byte[] whole = Arrays.copyOf(prefix, prefix.length + 1 + name.length);
    whole[prefix.length] = '/';
    System.arraycopy(name, 0, whole, prefix.length + 1, name.length);
    return whole;
  }

  /** Returns the size of what is stored, or -1 if the field holds no number. */
  long size() {
    return number(SIZE, SIZE_BYTES);
  }

  /** Returns the letter of the member's kind. */
  char type() {
    return (char) (block[TYPE] & 0xff);
  }

  /** Returns a link's target. */
  byte[] link() {
    return text(LINK, NAME_BYTES);
  }

  /** Returns the bytes up to a zero. */
  private byte[] text(int at, int bytes) {
    int end = at;
    while (end < at + bytes && block[end] != 0) {
      end++;
    }
    return Arrays.copyOfRange(block, at, end);
  }

  /** Returns whether a byte is not zero. */
  boolean isSet(int at) {
    return block[at] != 0;
  }

  /** Returns whether a field has neither digits nor anything else. */
  boolean isEmpty(int at, int bytes) {
    return text(at, bytes).length == 0;
  }

  /** Reads octal digits among blanks, or GNU's binary form; -1 for anything else and below zero. */
  long number(int at, int bytes) {
    if ((block[at] & 0x80) != 0) {
      long value = block[at] & 0x7f;
      for (int i = at + 1; i < at + bytes; i++) {
        if (value >= 1L << (Long.SIZE - 1 - Byte.SIZE)) {
          return -1;
        }
        value = value << Byte.SIZE | (block[i] & 0xff);
      }
      return value;
    }
    int from = at;
    int to = at + bytes;
    while (from < to && (block[from] == ' ' || block[from] == 0)) {
      from++;
    }
    while (to > from && (block[to - 1] == ' ' || block[to - 1] == 0)) {
      to--;
    }
    long value = 0;
    for (int i = from; i < to; i++) {
      // Some tars end a number with a zero and leave rubbish behind it.
      if (block[i] == 0) {
        return value;
      }
      if (block[i] < '0' || block[i] > '7') {
        return -1;
      }
      value = value << 3 | block[i] - '0';
    }
    return value;
  }

  /** Decodes a name: UTF-8 in most archives; others are read byte by byte. */
  static String decode(byte[] name) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(name)).toString();
    } catch (CharacterCodingException e) {
      return new String(name, StandardCharsets.ISO_8859_1);
    }
  }
}
