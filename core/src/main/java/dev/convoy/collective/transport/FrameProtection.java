package dev.convoy.collective.transport;

import java.net.ProtocolException;

/**
 * Protects the frames of one direction of a connection: from damage, or by encryption from being
 * read and altered, too. Used by one thread at a time.
 */
interface FrameProtection {

  /** Returns the number of bytes by which a frame grows. */
  int overhead();

  /**
   * Completes a frame: writes the payload, {@code values[from .. from + length)} in a format, and
   * what protects it to {@code buffer}, which already has the header.
   */
  void seal(
      ChunkBuffer buffer, WireFormat format, float[] values, int from, int length, long sequence);

  /**
   * Checks the complete frame in {@code buffer} and copies its payload to {@code into[from .. from
   * + length)}.
   *
   * @throws ProtocolException if the frame is not what the peer sealed
   */
  void open(
      ChunkBuffer buffer, WireFormat format, float[] into, int from, int length, long sequence)
      throws ProtocolException;
}
