package dev.convoy.collective.transport;

import java.nio.IntBuffer;

/** The format in which floats travel. */
public enum WireFormat {
  /** 32 bits, exact. */
  FLOAT32("float32", Float.BYTES) {
    @Override
    void encode(float[] values, int from, int length, Payload payload, int at) {
      payload.floats().put(at, values, from, length);
    }

    @Override
    void decode(Payload payload, int at, float[] into, int from, int length) {
      payload.floats().get(at, into, from, length);
    }
  },

  /**
   * The upper 16 bits of a float. It is up to the caller that the others are zero; they are
   * dropped.
   *
   * <p>Two floats are one int on the wire, the first in its lower half: half as many accesses to
   * the buffer, which the JIT does not vectorize, take three quarters of the time.
   */
  BFLOAT16("bfloat16", Short.BYTES) {
    @Override
    void encode(float[] values, int from, int length, Payload payload, int at) {
      IntBuffer pairs = payload.pairs();
      int firstPair = at / 2;
      for (int pair = 0; pair < length / 2; pair++) {
        int i = from + 2 * pair;
        int first = Float.floatToRawIntBits(values[i]) >>> BFLOAT16_BITS;
        int second = Float.floatToRawIntBits(values[i + 1]) & BFLOAT16_MASK;
        pairs.put(firstPair + pair, first | second);
      }
      if (length % 2 != 0) {
        int bits = Float.floatToRawIntBits(values[from + length - 1]);
        payload.halves().put(at + length - 1, (short) (bits >>> BFLOAT16_BITS));
      }
    }

    @Override
    void decode(Payload payload, int at, float[] into, int from, int length) {
      IntBuffer pairs = payload.pairs();
      int firstPair = at / 2;
      for (int pair = 0; pair < length / 2; pair++) {
        int i = from + 2 * pair;
        int bits = pairs.get(firstPair + pair);
        into[i] = Float.intBitsToFloat(bits << BFLOAT16_BITS);
        into[i + 1] = Float.intBitsToFloat(bits & BFLOAT16_MASK);
      }
      if (length % 2 != 0) {
        int bits = payload.halves().get(at + length - 1) << BFLOAT16_BITS;
        into[from + length - 1] = Float.intBitsToFloat(bits);
      }
    }
  };

  private static final int BFLOAT16_BITS = 16;
  private static final int BFLOAT16_MASK = 0xffff0000;

  private final String label;
  private final int bytes;

  WireFormat(String label, int bytes) {
    this.label = label;
    this.bytes = bytes;
  }

  /** Returns the format's name in messages and configurations. */
  public String label() {
    return label;
  }

  /** Returns the number of bytes of a float. */
  public int bytes() {
    return bytes;
  }

  /**
   * Writes {@code values[from .. from + length)} to the payload, from float {@code at} on, even.
   */
  abstract void encode(float[] values, int from, int length, Payload payload, int at);

  /** Reads the payload from float {@code at} on, even, to {@code into[from .. from + length)}. */
  abstract void decode(Payload payload, int at, float[] into, int from, int length);
}
