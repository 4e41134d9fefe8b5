package dev.convoy.spark.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class FloatTextTest {
  @Property(tries = 200)
  void everyBitTravels(@ForAll int[] bits) {
    float[] values = new float[bits.length];
    for (int i = 0; i < bits.length; i++) {
      values[i] = Float.intBitsToFloat(bits[i]);
    }
    float[] back = FloatText.decode(FloatText.encode(values));
    assertEquals(values.length, back.length);
    for (int i = 0; i < bits.length; i++) {
      assertEquals(Float.floatToRawIntBits(values[i]), Float.floatToRawIntBits(back[i]));
    }
  }
}
