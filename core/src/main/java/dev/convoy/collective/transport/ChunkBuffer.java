package dev.convoy.collective.transport;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * An off-heap buffer for one frame, with a view of its payload as floats. With encryption the
 * plaintext payload has memory of its own, because ciphers copy when input and output overlap.
 */
final class ChunkBuffer {
  private final ByteBuffer wire;
  private final ByteBuffer payload;
  private final FloatBuffer floats;

  private static final int PAYLOAD_BYTES = Frame.CHUNK_FLOATS * Float.BYTES;

  ChunkBuffer(boolean encrypt) {
    wire = ByteBuffer.allocateDirect(wireBytes(encrypt)).order(ByteOrder.LITTLE_ENDIAN);
    payload =
        encrypt
            ? ByteBuffer.allocateDirect(PAYLOAD_BYTES).order(ByteOrder.LITTLE_ENDIAN)
            : wire.slice(Frame.HEADER_BYTES, PAYLOAD_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    floats = payload.asFloatBuffer();
  }

  private static int wireBytes(boolean encrypt) {
    return Frame.HEADER_BYTES + PAYLOAD_BYTES + (encrypt ? Frame.TAG_BYTES : Frame.CHECKSUM_BYTES);
  }

  /** Returns the size of a buffer in bytes. */
  static long bytes(boolean encrypt) {
    return (long) wireBytes(encrypt) + (encrypt ? PAYLOAD_BYTES : 0);
  }

  /** Returns the frame as it is sent: header, payload (or its ciphertext), and checksum or tag. */
  ByteBuffer wire() {
    return wire;
  }

  /** Returns the plaintext payload. */
  ByteBuffer payload() {
    return payload;
  }

  /** Returns the plaintext payload as floats; use absolute access only. */
  FloatBuffer floats() {
    return floats;
  }
}
