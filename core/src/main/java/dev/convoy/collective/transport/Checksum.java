package dev.convoy.collective.transport;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * CRC-32C (Castagnoli) over each frame's header and payload, little-endian: finds bits that were
 * flipped on the way, not an attacker. TCP's own 16-bit sum misses one damaged segment in 65,536.
 * Floats are copied and added to the sum a piece at a time, while they are in the cache.
 */
final class Checksum implements FrameProtection {
  private final CRC32C crc = new CRC32C();

  @Override
  public int overhead() {
    return Frame.CHECKSUM_BYTES;
  }

  @Override
  public void seal(
      ChunkBuffer buffer, WireFormat format, float[] values, int from, int length, long sequence) {
    ByteBuffer wire = buffer.wire();
    crc.reset();
    crc.update(wire.clear().limit(Frame.HEADER_BYTES));
    for (int done = 0; done < length; done += Pieces.FLOATS) {
      int count = Math.min(Pieces.FLOATS, length - done);
      format.encode(values, from + done, count, buffer.payload(), done);
      crc.update(wire.limit(Frame.bytes(format, done + count, 0)));
    }
    wire.clear();
    wire.putInt(Frame.bytes(format, length, 0), (int) crc.getValue());
  }

  /**
   * Checks the complete frame in {@code wire}.
   *
   * @throws ProtocolException if it is not what the peer sent
   */
  void check(ByteBuffer wire, WireFormat format, int length, long sequence)
      throws ProtocolException {
    int end = Frame.bytes(format, length, 0);
    crc.reset();
    crc.update(wire.limit(end).position(0));
    wire.clear();
    if (wire.getInt(end) != (int) crc.getValue()) {
      throw new ProtocolException("sent frame " + sequence + ", whose checksum is wrong");
    }
  }
}
