package dev.convoy.collective.transport;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** An off-heap buffer for one frame, with views of its payload. */
final class ChunkBuffer {
  static final int PAYLOAD_BYTES = Frame.CHUNK_FLOATS * Float.BYTES;

  /** The size of a buffer. */
  static final int BYTES = Frame.HEADER_BYTES + PAYLOAD_BYTES + Frame.TAG_BYTES;

  private final ByteBuffer wire = ByteBuffer.allocateDirect(BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private final Payload payload = new Payload(wire.slice(Frame.HEADER_BYTES, PAYLOAD_BYTES));

  /** Returns the frame as it is sent: header, payload (or its ciphertext), and checksum or tag. */
  ByteBuffer wire() {
    return wire;
  }

  /** Returns the payload. */
  Payload payload() {
    return payload;
  }
}
