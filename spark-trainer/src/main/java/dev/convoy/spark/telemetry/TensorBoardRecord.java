package dev.convoy.spark.telemetry;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * A record of a TFRecord file, all numbers in little-endian (TensorFlow, "TFRecord and
 * tf.train.Example", section "TFRecords format details").
 *
 * <pre>
 * +----------------+----------------------+----------------+-------------------+
 * | length  8 bytes| CRC of length 4 bytes| data           | CRC of data 4 bytes|
 * +----------------+----------------------+----------------+-------------------+
 * </pre>
 *
 * The CRC is CRC-32C, masked so that a CRC of data that holds CRCs is no problem.
 */
final class TensorBoardRecord {
  private static final int MASK_DELTA = 0xa282ead8;

  private TensorBoardRecord() {}

  /** Returns the bytes of the record that holds {@code data}. */
  static byte[] frame(byte[] data) {
    ByteBuffer record = ByteBuffer.allocate(data.length + 16).order(ByteOrder.LITTLE_ENDIAN);
    record.putLong(data.length);
    record.putInt(maskedCrc(record.array(), 8));
    record.put(data);
    record.putInt(maskedCrc(data, data.length));
    return record.array();
  }

  private static int maskedCrc(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return Integer.rotateRight((int) crc.getValue(), 15) + MASK_DELTA;
  }
}
