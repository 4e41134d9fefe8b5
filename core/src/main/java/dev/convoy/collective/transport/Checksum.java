package dev.convoy.collective.transport;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * CRC-32C (Castagnoli) over each frame's header and payload, little-endian: finds bits that were
 * flipped on the way, not an attacker. TCP's own 16-bit sum misses one damaged segment in 65,536.
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
    format.encode(values, from, length, buffer.payload());
    int end = Frame.bytes(format, length, 0);
    buffer.wire().putInt(end, sum(buffer.wire(), end));
  }

  @Override
  public void open(
      ChunkBuffer buffer, WireFormat format, float[] into, int from, int length, long sequence)
      throws ProtocolException {
    int end = Frame.bytes(format, length, 0);
    if (buffer.wire().getInt(end) != sum(buffer.wire(), end)) {
      throw new ProtocolException("sent frame " + sequence + ", whose checksum is wrong");
    }
    format.decode(buffer.payload(), into, from, length);
  }

  private int sum(ByteBuffer wire, int end) {
    crc.reset();
    crc.update(wire.limit(end).position(0));
    wire.clear();
    return (int) crc.getValue();
  }
}
