package dev.convoy.collective.transport;

/**
 * Protects the frames that are sent to one peer: from damage, or by encryption from being read and
 * altered, too. Used by one thread at a time.
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
}
