package dev.convoy.collective.transport;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/**
 * Reads frames in the clear from one peer on the caller's thread. The receiver knows the length of
 * the next frame, so header and payload mostly arrive in one read; the header is checked before
 * waiting for the rest. The readers of one thread may share a buffer, because a frame is always
 * read to its end.
 */
final class FrameReader implements FrameInput {
  private final ReadableByteChannel channel;
  private final ChunkBuffer buffer;
  private final Traffic traffic;
  private final Checksum checksum = new Checksum();
  private final Pieces pieces = new Pieces();
  private long sequence;

  FrameReader(ReadableByteChannel channel, ChunkBuffer buffer, Traffic traffic) {
    this.channel = channel;
    this.buffer = buffer;
    this.traffic = traffic;
  }

  @Override
  public void read(Operation operation, float[] into, int from, int length) throws IOException {
    await(operation, length);
    operation.format().decode(buffer.payload(), 0, into, from, length);
  }

  @Override
  public void read(Operation operation, PieceSink sink, int length) throws IOException {
    await(operation, length);
    pieces.handOn(operation.format(), buffer.payload(), length, sink);
  }

  /** Reads a frame and checks it. */
  private void await(Operation operation, int length) throws IOException {
    WireFormat format = operation.format();
    int frameBytes = Frame.bytes(format, length, Frame.CHECKSUM_BYTES);
    ByteBuffer wire = buffer.wire().clear().limit(frameBytes);
    fill(channel, wire, Frame.HEADER_BYTES, traffic);
    Frame.checkHeader(wire, operation, length, sequence);
    fill(channel, wire, frameBytes, traffic);
    checksum.check(wire, format, length, sequence);
    sequence++;
  }

  /** Reads until {@code wire} has so many bytes, or as many more as it may take. */
  static void fill(ReadableByteChannel channel, ByteBuffer wire, int bytes, Traffic traffic)
      throws IOException {
    while (wire.position() < bytes) {
      int count = channel.read(wire);
      if (count < 0) {
        throw new EOFException();
      }
      traffic.moved(count);
    }
  }

  @Override
  public void close() {}
}
