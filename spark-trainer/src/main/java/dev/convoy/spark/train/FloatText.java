package dev.convoy.spark.train;

import java.nio.ByteBuffer;
import java.util.Base64;

/** Floats as text, bit for bit: big-endian in Base64. */
final class FloatText {
  private FloatText() {}

  static String encode(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES));
    bytes.asFloatBuffer().put(values);
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  static float[] decode(String text) {
    byte[] bytes = Base64.getDecoder().decode(text);
    float[] values = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
    return values;
  }
}
