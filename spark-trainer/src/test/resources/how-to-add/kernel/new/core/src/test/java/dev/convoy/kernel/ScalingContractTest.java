package dev.convoy.kernel;

import dev.convoy.tensor.Layout;
import dev.convoy.testing.Compare;
import dev.convoy.testing.Floats;
import dev.convoy.testing.Floats.Kind;
import dev.convoy.testing.Implementations;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Every implementation gives the scalar twin's bits. */
class ScalingContractTest {
  @Property(tries = 200)
  void givesTheBitsOfTheScalarTwin(
      @ForAll @IntRange(min = 0, max = 40) int groups, @ForAll long seed, @ForAll Kind kind) {
    float[] values = Floats.random(seed, groups * Layout.LANES, kind);
    float[] expected = values.clone();
    Implementations.scalar().scaling().scale(expected, 0, expected.length, 0.3f);
    for (Kernels kernels : Implementations.fast()) {
      float[] actual = values.clone();
      kernels.scaling().scale(actual, 0, actual.length, 0.3f);
      Compare.sameNumbers("values", expected, actual, 1, 1);
    }
  }
}
