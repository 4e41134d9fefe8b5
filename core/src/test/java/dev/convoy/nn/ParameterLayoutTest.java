package dev.convoy.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.Floats;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** From torch's order of weights to the kernels' and back. */
class ParameterLayoutTest {
  private static final int AT = 16;

  @Property(tries = 200)
  void everyPackingGivesBackWhatItWasGivenAndLeavesZerosBetween(
      @ForAll @IntRange(min = 1, max = 40) int outputs,
      @ForAll @IntRange(min = 1, max = 20) int channels,
      @ForAll @IntRange(min = 1, max = 5) int height,
      @ForAll @IntRange(min = 1, max = 5) int width) {
    comesBack(ParameterLayout.vector(outputs));
    comesBack(ParameterLayout.filter(outputs, channels, height, width));
    comesBack(ParameterLayout.matrix(outputs, new Shape(height, width, channels)));
  }

  private static void comesBack(ParameterLayout layout) {
    float[] values = Floats.random(1, layout.count());
    float[] packed = Floats.untouched(AT + layout.length() + 1);
    layout.pack(values, packed, AT);
    assertArrayEquals(values, layout.unpack(packed, AT));
    assertEquals(0, layout.length() % Layout.LANES);
    assertEquals(Floats.UNTOUCHED, packed[AT - 1]);
    assertEquals(Floats.UNTOUCHED, packed[AT + layout.length()]);

    float[] inside = Arrays.copyOfRange(packed, AT, AT + layout.length());
    long zeros = countZeros(inside) - countZeros(values);
    assertEquals(layout.length() - layout.count(), zeros);
  }

  private static long countZeros(float[] values) {
    long count = 0;
    for (float value : values) {
      count += value == 0 ? 1 : 0;
    }
    return count;
  }

  @Test
  void aFilterLiesAsRowsColumnsChannelsOutputs() {
    ParameterLayout layout = ParameterLayout.filter(3, 2, 4, 5);
    float[] values = new float[layout.count()];
    values[((2 * 2 + 1) * 4 + 2) * 5 + 3] = 1f;
    float[] packed = new float[layout.length()];
    layout.pack(values, packed, 0);
    assertEquals(1f, packed[((2 * 5 + 3) * 2 + 1) * 16 + 2]);
  }

  @Test
  void aMatrixLiesAsRowsColumnsPaddedChannelsOutputs() {
    ParameterLayout layout = ParameterLayout.matrix(17, new Shape(4, 5, 3));
    float[] values = new float[layout.count()];
    values[16 * 60 + (2 * 4 + 2) * 5 + 3] = 1f;
    float[] packed = new float[layout.length()];
    layout.pack(values, packed, 0);
    assertEquals(1f, packed[((2 * 5 + 3) * 16 + 2) * 32 + 16]);
  }

  @Test
  void parametersLieOneBehindTheOtherOnBoundariesOfSixteen() {
    Network network =
        Network.of("net", new Shape(6, 6, 3))
            .add("a", Convolution.of(5, 3, inputs -> Initializer.constant(1)))
            .add("b", new FullyConnected(7, inputs -> Initializer.constant(1)))
            .build();
    int at = 0;
    for (Parameter parameter : network.parameters()) {
      assertEquals(at, parameter.at());
      assertEquals(0, parameter.length() % Layout.LANES);
      at += parameter.length();
    }
    assertEquals(at, network.vectorLength());
  }

  @Test
  void aWrongNumberOfValuesIsRefused() {
    Network network =
        Network.of("net", Shape.vector(4))
            .add("fc", new FullyConnected(3, inputs -> Initializer.constant(1)))
            .build();
    Parameter bias = network.parameters().get(1);
    var refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> bias.pack(new float[4], new float[network.vectorLength()]));
    assertEquals("fc.bias has 3 values, not 4", refusal.getMessage());
  }
}
