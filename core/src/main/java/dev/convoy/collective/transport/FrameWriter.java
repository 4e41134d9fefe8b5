package dev.convoy.collective.transport;

import java.io.IOException;

/** Makes frames of floats for one peer; used by one thread at a time. */
public final class FrameWriter {
  private final FrameOutput output;
  private final FrameProtection protection;
  private long sequence;

  FrameWriter(FrameOutput output, FrameProtection protection) {
    this.output = output;
    this.protection = protection;
  }

  /** Sends {@code values[from .. from + length)}; at most {@link Frame#CHUNK_FLOATS} of them. */
  public void write(Operation operation, float[] values, int from, int length) throws IOException {
    ChunkBuffer buffer = output.next();
    WireFormat format = operation.format();
    Frame.putHeader(buffer.wire(), operation, length, sequence);
    protection.seal(buffer, format, values, from, length, sequence);
    sequence++;
    output.write(Frame.bytes(format, length, protection.overhead()));
  }

  /** Waits until the kernel has taken all frames. */
  void flush() throws IOException {
    output.flush();
  }

  void close() {
    output.close();
  }
}
