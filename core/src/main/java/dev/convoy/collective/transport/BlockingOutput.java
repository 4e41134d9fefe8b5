package dev.convoy.collective.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** Writes each frame on the caller's thread. */
final class BlockingOutput implements FrameOutput {
  private final WritableByteChannel channel;
  private final Traffic traffic;
  private final ChunkBuffer buffer = new ChunkBuffer();

  BlockingOutput(WritableByteChannel channel, Traffic traffic) {
    this.channel = channel;
    this.traffic = traffic;
  }

  @Override
  public ChunkBuffer next() {
    return buffer;
  }

  @Override
  public void write(int bytes) throws IOException {
    write(channel, buffer.wire(), bytes, traffic);
  }

  static void write(WritableByteChannel channel, ByteBuffer wire, int bytes, Traffic traffic)
      throws IOException {
    wire.clear().limit(bytes);
    while (wire.hasRemaining()) {
      traffic.moved(channel.write(wire));
    }
    wire.clear();
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
