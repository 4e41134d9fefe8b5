package dev.convoy.collective.transport;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/**
 * Reads frames from one peer. The receiver knows the length of the next frame, so header and
 * payload mostly arrive in one read; the header is checked before waiting for the rest. The readers
 * of one thread may share a buffer, because a frame is always read to its end.
 */
final class FrameReader {
  private final ReadableByteChannel channel;
  private final FrameProtection protection;
  private final ChunkBuffer buffer;
  private final Traffic traffic;
  private long sequence;

  FrameReader(
      ReadableByteChannel channel,
      FrameProtection protection,
      ChunkBuffer buffer,
      Traffic traffic) {
    this.channel = channel;
    this.protection = protection;
    this.buffer = buffer;
    this.traffic = traffic;
  }

  /** Receives {@code length} floats to {@code into[from .. from + length)}. */
  void read(Operation operation, float[] into, int from, int length) throws IOException {
    int payloadBytes = length * Float.BYTES;
    int frameBytes = Frame.HEADER_BYTES + payloadBytes + protection.overhead();
    ByteBuffer wire = buffer.wire().clear().limit(frameBytes);
    fill(wire, Frame.HEADER_BYTES);
    Frame.checkHeader(wire, operation, length, sequence);
    fill(wire, frameBytes);
    protection.open(buffer, payloadBytes, sequence);
    sequence++;
    buffer.floats().get(0, into, from, length);
  }

  private void fill(ByteBuffer wire, int bytes) throws IOException {
    while (wire.position() < bytes) {
      int count = channel.read(wire);
      if (count < 0) {
        throw new EOFException();
      }
      traffic.moved(count);
    }
  }
}
