package dev.convoy.data.shard;

import dev.convoy.data.DataException;
import dev.convoy.data.Sample;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * One sample in a shard, as an uncompressed {@code SequenceFile} lays it out; integers are
 * big-endian. Any SequenceFile reader sees a LongWritable and a BytesWritable.
 *
 * <pre>
 *   [ -1: i32 | sync: 16 bytes ]            every few records, written by SequenceFile
 *   record length: i32 | key length: i32    8
 *   sample id: i64                          the LongWritable
 *   value length: i32                       the BytesWritable
 *   +------------+--------------+-----------------------------------------------------+
 *   | label: i32 | encoding: u8 | RAW = 0: height, width, channels: i32 | pixels, HWC |
 *   +------------+--------------+-----------------------------------------------------+
 * </pre>
 */
final class ShardRecord {
  private static final byte RAW = 0;
  private static final int SYNC_ESCAPE = -1;
  private static final int SYNC_BYTES = 16;
  private static final int RAW_HEADER_BYTES = Integer.BYTES + Byte.BYTES + 3 * Integer.BYTES;

  private ShardRecord() {}

  /** How many bytes the sample's value has. */
  static int valueBytes(Sample sample) {
    return RAW_HEADER_BYTES + sample.elements();
  }

  /** Writes the sample's value, without the lengths and the key, which SequenceFile writes. */
  static void writeValue(Sample sample, byte[] into) {
    ByteBuffer.wrap(into)
        .putInt(sample.label())
        .put(RAW)
        .putInt(sample.height())
        .putInt(sample.width())
        .putInt(sample.channels())
        .put(sample.pixels(), 0, sample.elements());
  }

  /**
   * Reads a record whose checksum was right.
   *
   * @param id the sample that is expected
   * @param where the shard, for error messages
   */
  static void read(ByteBuffer bytes, int id, int classes, Sample into, String where) {
    try {
      if (bytes.getInt(bytes.position()) == SYNC_ESCAPE) {
        bytes.position(bytes.position() + Integer.BYTES + SYNC_BYTES);
      }
      bytes.position(bytes.position() + 2 * Integer.BYTES);
      long found = bytes.getLong();
      int valueLength = bytes.getInt();
      int label = bytes.getInt();
      byte encoding = bytes.get();
      if (found != id || valueLength != bytes.remaining() + Integer.BYTES + Byte.BYTES) {
        throw new DataException(
            String.format("%s holds sample %d where sample %d belongs", where, found, id));
      }
      if (encoding != RAW) {
        throw new DataException(
            String.format(
                "%s holds sample %d in the encoding %d, which this version does not know",
                where, id, encoding));
      }
      if (label < 0 || label >= classes) {
        throw new DataException(
            String.format(
                "%s gives sample %d the label %d, allowed are 0 to %d",
                where, id, label, classes - 1));
      }
      byte[] pixels = into.begin(id, label, bytes.getInt(), bytes.getInt(), bytes.getInt());
      bytes.get(pixels, 0, into.elements());
    } catch (BufferUnderflowException | IndexOutOfBoundsException | ArithmeticException e) {
      throw new DataException(where + " holds a malformed record of sample " + id, e);
    }
  }
}
