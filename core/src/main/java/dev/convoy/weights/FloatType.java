package dev.convoy.weights;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** A type of floating-point elements in a safetensors file, and how it becomes float32. */
enum FloatType {
  F32(Float.BYTES, true) {
    @Override
    float get(ByteBuffer from) {
      return from.getFloat();
    }
  },
  /** IEEE 754's binary16: 5 bits of exponent, 10 of fraction. */
  F16(Short.BYTES, true) {
    @Override
    float get(ByteBuffer from) {
      return ofHalf(from.getShort());
    }
  },
  /** The upper half of a float32. */
  BF16(Short.BYTES, true) {
    @Override
    float get(ByteBuffer from) {
      return Float.intBitsToFloat(from.getShort() << 16);
    }
  },
  F64(Double.BYTES, false) {
    @Override
    float get(ByteBuffer from) {
      return (float) from.getDouble();
    }
  };

  private static final float SMALLEST_HALF = 0x1p-24f;

  private final int bytes;
  private final boolean exact;

  FloatType(int bytes, boolean exact) {
    this.bytes = bytes;
    this.exact = exact;
  }

  /** Reads the next element. */
  abstract float get(ByteBuffer from);

  /** Returns whether float32 has every value of the type. */
  boolean exact() {
    return exact;
  }

  /** Returns the elements of little-endian bytes. */
  float[] decode(byte[] from) {
    ByteBuffer buffer = Safetensors.littleEndian(from);
    float[] values = new float[from.length / bytes];
    for (int i = 0; i < values.length; i++) {
      values[i] = get(buffer);
    }
    return values;
  }

  /** Returns the type of that name, if it is one. */
  static Optional<FloatType> named(String name) {
    return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
  }

  static float ofHalf(short half) {
    int sign = (half & 0x8000) << 16;
    int exponent = half >> 10 & 0x1f;
    int fraction = half & 0x3ff;
    if (exponent == 0) {
      // Zero or subnormal: a multiple of the smallest, which is exact in float32.
      float magnitude = fraction * SMALLEST_HALF;
      return sign == 0 ? magnitude : -magnitude;
    }
    int widened = exponent == 0x1f ? 0xff : exponent - 15 + 127;
    return Float.intBitsToFloat(sign | widened << 23 | fraction << 13);
  }
}
