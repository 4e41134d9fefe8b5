package dev.convoy.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.tensor.Layout;
import dev.convoy.testing.Compare;
import dev.convoy.testing.Floats;
import dev.convoy.testing.Floats.Kind;
import dev.convoy.testing.Implementations;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Every implementation of an activation function gives the scalar twin's bits. */
class ActivationContractTest {
  private static final List<Function<Kernels, ActivationKernel>> ALL =
      List.of(Kernels::relu, Kernels::scaledTanh);

  @Property(tries = 1000)
  void givesTheBitsOfTheScalarTwin(
      @ForAll @IntRange(min = 0, max = 40) int groups,
      @ForAll @IntRange(min = 0, max = 2) int spare,
      @ForAll long seed,
      @ForAll Kind kind) {
    for (Kernels kernels : Implementations.fast()) {
      for (Function<Kernels, ActivationKernel> activation : ALL) {
        ActivationKernel expected = activation.apply(Implementations.scalar());
        ActivationKernel actual = activation.apply(kernels);
        int length = groups * Layout.LANES;
        int capacity = length + spare * Layout.LANES;

        float[] values0 = Floats.random(seed, capacity, kind);
        for (int i = 0; i < capacity; i += 2) {
          values0[i] *= 20;
        }
        float[] values1 = values0.clone();
        expected.forward(values0, 0, length);
        actual.forward(values1, 0, length);
        Compare.sameNumbers("results", values0, values1, 1, 1);

        int ahead = spare * Layout.LANES;
        float[] gradient0 = Floats.random(seed + 1, capacity, kind);
        float[] gradient1 = gradient0.clone();
        expected.backward(values0, 0, gradient0, ahead, length);
        actual.backward(values1, 0, gradient1, ahead, length);
        Compare.sameNumbers("gradient", gradient0, gradient1, 1, 1);
      }
    }
  }

  @Test
  void reluMakesPositiveZeroOfBothZerosAndPassesNoGradientThere() {
    for (Kernels kernels : Implementations.all()) {
      float[] values = new float[Layout.LANES];
      values[0] = -0f;
      values[2] = -1f;
      values[3] = Float.MIN_VALUE;
      values[4] = Float.NaN;
      kernels.relu().forward(values, 0, values.length);
      assertEquals(0, Float.floatToRawIntBits(values[0]));
      assertEquals(0, Float.floatToRawIntBits(values[2]));
      assertEquals(Float.MIN_VALUE, values[3]);
      assertEquals(Float.NaN, values[4]);

      float[] gradient = new float[Layout.LANES];
      Arrays.fill(gradient, -3f);
      kernels.relu().backward(values, 0, gradient, 0, values.length);
      assertEquals(0, Float.floatToRawIntBits(gradient[0]));
      assertEquals(0, Float.floatToRawIntBits(gradient[1]));
      assertEquals(-3f, gradient[3]);
    }
  }
}
