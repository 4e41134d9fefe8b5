package dev.convoy.collective.transport;

import java.net.ProtocolException;

/**
 * Protects the frames of one direction of a connection: from damage, or by encryption from being
 * read and altered, too.
 */
interface FrameProtection {

  /** Returns the number of bytes by which a frame grows. */
  int overhead();

  /**
   * Protects the frame in {@code buffer}, which already has the header and the plaintext payload.
   */
  void seal(ChunkBuffer buffer, int payloadBytes, long sequence);

  /**
   * Checks the complete frame in {@code buffer} and makes its plaintext payload available.
   *
   * @throws ProtocolException if the frame is not what the peer sealed
   */
  void open(ChunkBuffer buffer, int payloadBytes, long sequence) throws ProtocolException;
}
