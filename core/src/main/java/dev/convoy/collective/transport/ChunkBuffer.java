package dev.convoy.collective.transport;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * Room outside the heap for one frame, and a view of its payload as floats. With encryption the
 * payload in clear has room of its own, for ciphers copy when input and output overlap.
 */
final class ChunkBuffer {
  private final ByteBuffer wire;
  private final ByteBuffer payload;
  private final FloatBuffer floats;

  ChunkBuffer(boolean encrypt) {
    int payloadBytes = Frame.CHUNK_FLOATS * Float.BYTES;
    int wireBytes = Frame.HEADER_BYTES + payloadBytes + (encrypt ? AesGcm.TAG_BYTES : 0);
    wire = ByteBuffer.allocateDirect(wireBytes).order(ByteOrder.LITTLE_ENDIAN);
    payload =
        encrypt
            ? ByteBuffer.allocateDirect(payloadBytes).order(ByteOrder.LITTLE_ENDIAN)
            : wire.slice(Frame.HEADER_BYTES, payloadBytes).order(ByteOrder.LITTLE_ENDIAN);
    floats = payload.asFloatBuffer();
  }

  /** The frame as it travels: header, payload (or its ciphertext), tag. */
  ByteBuffer wire() {
    return wire;
  }

  /** The payload in clear. */
  ByteBuffer payload() {
    return payload;
  }

  /** The payload in clear as floats; use absolute access only. */
  FloatBuffer floats() {
    return floats;
  }
}
