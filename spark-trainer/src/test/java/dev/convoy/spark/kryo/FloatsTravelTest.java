package dev.convoy.spark.kryo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.train.VirtualNodeStatistics;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class FloatsTravelTest {
  @Property(tries = 200)
  void everyBitTravels(@ForAll int[] bits) {
    float[] values = new float[bits.length];
    for (int i = 0; i < bits.length; i++) {
      values[i] = Float.intBitsToFloat(bits[i]);
    }
    VirtualNodeStatistics sent = new VirtualNodeStatistics(1, 1, values);
    float[] back = ((VirtualNodeStatistics) Travel.through(sent)).values();
    assertEquals(values.length, back.length);
    for (int i = 0; i < bits.length; i++) {
      assertEquals(Float.floatToRawIntBits(values[i]), Float.floatToRawIntBits(back[i]));
    }
  }
}
