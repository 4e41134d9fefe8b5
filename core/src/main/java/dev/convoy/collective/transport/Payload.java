package dev.convoy.collective.transport;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.ShortBuffer;

/**
 * The views of a frame's payload that a {@link WireFormat} writes and reads; use absolute access
 * only.
 */
final class Payload {
  private final FloatBuffer floats;
  private final IntBuffer pairs;
  private final ShortBuffer halves;

  /**
   * @param bytes hold the payload, from index 0 on
   */
  Payload(ByteBuffer bytes) {
    ByteBuffer little = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).clear();
    floats = little.asFloatBuffer();
    pairs = little.asIntBuffer();
    halves = little.asShortBuffer();
  }

  /** Returns the payload as float32. */
  FloatBuffer floats() {
    return floats;
  }

  /** Returns the payload as pairs of bfloat16. */
  IntBuffer pairs() {
    return pairs;
  }

  /** Returns the payload as bfloat16. */
  ShortBuffer halves() {
    return halves;
  }
}
