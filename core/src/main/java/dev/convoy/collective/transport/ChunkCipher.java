package dev.convoy.collective.transport;

import java.net.ProtocolException;

/** Encrypts and decrypts the frames of one direction of a connection. */
interface ChunkCipher {

  /** Returns the number of bytes by which a frame grows. */
  int overhead();

  /**
   * Encrypts the payload of the frame in {@code buffer}, which already has the header and the
   * plaintext payload.
   */
  void seal(ChunkBuffer buffer, int payloadBytes, long sequence);

  /**
   * Decrypts the payload of the complete frame in {@code buffer}.
   *
   * @throws ProtocolException if the frame is not what the peer sealed
   */
  void open(ChunkBuffer buffer, int payloadBytes, long sequence) throws ProtocolException;

  /** No encryption: the payload of a {@link ChunkBuffer} then is a part of its frame. */
  ChunkCipher NONE =
      new ChunkCipher() {
        @Override
        public int overhead() {
          return 0;
        }

        @Override
        public void seal(ChunkBuffer buffer, int payloadBytes, long sequence) {}

        @Override
        public void open(ChunkBuffer buffer, int payloadBytes, long sequence) {}
      };
}
