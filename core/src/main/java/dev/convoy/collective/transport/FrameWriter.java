package dev.convoy.collective.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * Writes frames to one peer. Blocks until the kernel has taken them; used by one thread at a time.
 */
public final class FrameWriter {
  private final WritableByteChannel channel;
  private final FrameProtection protection;
  private final ChunkBuffer buffer;
  private final Traffic traffic;
  private long sequence;

  FrameWriter(
      WritableByteChannel channel,
      FrameProtection protection,
      ChunkBuffer buffer,
      Traffic traffic) {
    this.channel = channel;
    this.protection = protection;
    this.buffer = buffer;
    this.traffic = traffic;
  }

  /** Sends {@code values[from .. from + length)}; at most {@link Frame#CHUNK_FLOATS} of them. */
  public void write(Operation operation, float[] values, int from, int length) throws IOException {
    int payloadBytes = length * Float.BYTES;
    ByteBuffer wire = buffer.wire();
    Frame.putHeader(wire, operation, length, sequence);
    buffer.floats().put(0, values, from, length);
    protection.seal(buffer, payloadBytes, sequence);
    sequence++;
    wire.clear().limit(Frame.HEADER_BYTES + payloadBytes + protection.overhead());
    while (wire.hasRemaining()) {
      traffic.moved(channel.write(wire));
    }
  }
}
