package dev.convoy.collective.transport;

import java.net.ProtocolException;

/** What is done to the payload of a frame between the vector and the wire, in one direction. */
interface ChunkCipher {

  /** Bytes that a frame grows by. */
  int overhead();

  /**
   * Completes the frame in {@code buffer}: the header stands on the wire, the payload in clear in
   * its place.
   */
  void seal(ChunkBuffer buffer, int payloadBytes, long sequence);

  /**
   * Brings the payload of the complete frame in {@code buffer} to its place in clear.
   *
   * @throws ProtocolException if the frame is not what the peer sealed
   */
  void open(ChunkBuffer buffer, int payloadBytes, long sequence) throws ProtocolException;

  /** Leaves the payload as it is: in {@link ChunkBuffer} it lies on the wire already. */
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
