package dev.convoy.data.shard;

import dev.convoy.data.DataException;
import dev.convoy.data.Pixels;
import dev.convoy.data.Sample;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Locale;

/**
 * One sample in a shard, as an uncompressed {@code SequenceFile} lays it out; integers are
 * big-endian. Any SequenceFile reader sees a LongWritable and a BytesWritable.
 *
 * <pre>
 *   [ -1: i32 | sync: 16 bytes ]            every few records, written by SequenceFile
 *   record length: i32 | key length: i32    8
 *   number in the source: i64               the LongWritable
 *   value length: i32                       the BytesWritable
 *   +------------+----------------+---------------------------------------------------+
 *   | label: i32 | PIXELS = 0: u8 | height, width, channels: i32 | pixels, HWC        |
 *   | label: i32 | FILE = 1: u8   | an image file                                     |
 *   +------------+----------------+---------------------------------------------------+
 * </pre>
 */
final class ShardRecord {
  private static final byte PIXELS = 0;
  private static final byte FILE = 1;
  private static final int SYNC_ESCAPE = -1;
  private static final int SYNC_BYTES = 16;
  private static final int HEADER_BYTES = Integer.BYTES + Byte.BYTES;
  private static final int SHAPE_BYTES = 3 * Integer.BYTES;

  private ShardRecord() {}

  /** Returns how many bytes the sample's value has. */
  static int valueBytes(Sample sample) {
    return HEADER_BYTES
        + (sample.encoded() ? sample.fileLength() : SHAPE_BYTES + sample.pixels().elements());
  }

  /** Writes the sample's value, without the lengths and the key, which SequenceFile writes. */
  static void writeValue(Sample sample, byte[] into) {
    ByteBuffer out = ByteBuffer.wrap(into).putInt(sample.label());
    if (sample.encoded()) {
      out.put(FILE).put(sample.file(), 0, sample.fileLength());
    } else {
      Pixels pixels = sample.pixels();
      out.put(PIXELS)
          .putInt(pixels.height())
          .putInt(pixels.width())
          .putInt(pixels.channels())
          .put(pixels.values(), 0, pixels.elements());
    }
  }

  /**
   * Reads a record whose checksum was right.
   *
   * @param id what the sample is called in its dataset
   * @param where the shard, for error messages
   */
  static void read(ByteBuffer bytes, int id, int classes, Sample into, String where) {
    try {
      if (bytes.getInt(bytes.position()) == SYNC_ESCAPE) {
        skip(bytes, Integer.BYTES + SYNC_BYTES);
      }
      skip(bytes, 2 * Integer.BYTES + Long.BYTES);
      int valueLength = bytes.getInt();
      if (valueLength != bytes.remaining()) {
        throw malformed(id, where, null);
      }
      int label = bytes.getInt();
      if (label < 0 || label >= classes) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s gives sample %d the label %d, allowed are 0 to %d",
                where,
                id,
                label,
                classes - 1));
      }
      readImage(bytes, id, label, into, where);
    } catch (BufferUnderflowException | IndexOutOfBoundsException | ArithmeticException e) {
      throw malformed(id, where, e);
    }
  }

  private static void skip(ByteBuffer bytes, int count) {
    if (count > bytes.remaining()) {
      throw new BufferUnderflowException();
    }
    bytes.position(bytes.position() + count);
  }

  private static void readImage(ByteBuffer bytes, int id, int label, Sample into, String where) {
    byte kind = bytes.get();
    switch (kind) {
      case PIXELS -> {
        int height = bytes.getInt();
        int width = bytes.getInt();
        int channels = bytes.getInt();
        // Before memory is taken for them.
        if (height < 1
            || width < 1
            || channels < 1
            || Math.multiplyExact((long) height * width, channels) != bytes.remaining()) {
          throw malformed(id, where, null);
        }
        bytes.get(into.begin(id, label, height, width, channels), 0, bytes.remaining());
      }
      case FILE -> {
        int length = bytes.remaining();
        bytes.get(into.beginFile(id, label, length), 0, length);
      }
      default ->
          throw new DataException(
              String.format(
                  Locale.ROOT,
                  "%s holds sample %d as kind %d, which this version does not know",
                  where,
                  id,
                  kind));
    }
  }

  private static DataException malformed(int id, String where, Throwable cause) {
    return new DataException(where + " holds a malformed record of sample " + id, cause);
  }
}
