package dev.convoy.data.source.tfrecord;

import dev.convoy.data.DataException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.hadoop.fs.FSDataInputStream;

/**
 * Walks over the fields of a protobuf message in a file, without reading what is skipped (protobuf
 * encoding: a varint of field number x 8 + wire type, then the value).
 */
final class ProtoReader {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH_DELIMITED = 2;
  private static final int FIXED32 = 5;
  private static final int MOST_TEXT = 1 << 16;

  private final FSDataInputStream in;
  private final String where;
  private final long end;
  private int wireType;

  /** Reads a message that lies from where the stream is up to {@code end}. */
  ProtoReader(FSDataInputStream in, String where, long end) {
    this.in = in;
    this.where = where;
    this.end = end;
  }

  /** Returns a message within this one, whose length comes next. */
  ProtoReader message() throws IOException {
    return new ProtoReader(in, where, endOfValue());
  }

  /** Returns where the stream is. */
  long position() throws IOException {
    return in.getPos();
  }

  /** Returns the next field's number, or 0 at the end. */
  int field() throws IOException {
    if (in.getPos() >= end) {
      return 0;
    }
    long tag = varint();
    wireType = (int) (tag & 7);
    return (int) Math.min(tag >>> 3, Integer.MAX_VALUE);
  }

  /** Returns an unsigned number of up to 64 bits. */
  long varint() throws IOException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      if (in.getPos() >= end) {
        throw broken();
      }
      int next = in.read();
      if (next < 0) {
        throw broken();
      }
      value |= (long) (next & 0x7f) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw broken();
  }

  /** Returns whether the value that comes next has a length before it. */
  boolean isLengthDelimited() {
    return wireType == LENGTH_DELIMITED;
  }

  /** Returns a 32-bit number of floating point. */
  float float32() throws IOException {
    if (in.getPos() + Float.BYTES > end) {
      throw broken();
    }
    byte[] bytes = new byte[Float.BYTES];
    in.readFully(bytes);
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getFloat();
  }

  /**
   * Returns where the length-delimited value that comes next ends; the stream is at its beginning.
   */
  long endOfValue() throws IOException {
    long length = varint();
    long at = in.getPos();
    // Not at + length > end, which overflows.
    if (length < 0 || length > end - at || wireType != LENGTH_DELIMITED) {
      throw broken();
    }
    return at + length;
  }

  /** Returns the text that comes next, with its length before it. */
  String text() throws IOException {
    long to = endOfValue();
    long length = to - in.getPos();
    if (length > MOST_TEXT) {
      throw broken();
    }
    return text((int) length);
  }

  /** Reads so many bytes as text. */
  String text(int length) throws IOException {
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Passes over the value of the field that was read last. */
  void skip() throws IOException {
    switch (wireType) {
      case VARINT -> varint();
      case FIXED64 -> seek(in.getPos() + Long.BYTES);
      case LENGTH_DELIMITED -> seek(endOfValue());
      case FIXED32 -> seek(in.getPos() + Integer.BYTES);
      default -> throw broken();
    }
  }

  /** Passes over everything up to there. */
  void seek(long to) throws IOException {
    if (to > end) {
      throw broken();
    }
    in.seek(to);
  }

  private DataException broken() throws IOException {
    return new DataException(
        String.format(
            Locale.ROOT,
            "%s is broken at byte %,d: no tf.train.Example is there",
            where,
            in.getPos()));
  }
}
