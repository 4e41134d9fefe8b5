package dev.convoy.data.source;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** TFRecord's checksum: a CRC-32C, rotated and offset, so that data may hold CRCs itself. */
public final class MaskedCrc {
  private static final int MASK = 0xa282ead8;

  private MaskedCrc() {}

  /**
   * Returns whether the bytes before {@code end} from {@code begin} on are followed by their
   * checksum.
   */
  public static boolean follows(byte[] bytes, int begin, int end) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, begin, end - begin);
    int sum = (int) crc.getValue();
    int masked = (sum >>> 15 | sum << 17) + MASK;
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(end) == masked;
  }
}
