package dev.convoy.kernel;

import dev.convoy.concurrent.Worker;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.testing.Compare;
import dev.convoy.testing.Floats;
import dev.convoy.testing.Floats.Kind;
import dev.convoy.testing.Implementations;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every implementation of a fully connected layer gives the scalar twin's bits. */
class FullyConnectedContractTest {
  private static final int MATRIX = 16;

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # inputs, outputs, images, capacity
           16,   1,  1,  1
           16,   3,  2,  8
           32,   6,  7,  7
           48,  16,  8,  8
           96,  17,  9, 16
          128,  84, 15, 15
          400, 120,  4,  4
          128,  10, 16, 17
           96, 120, 17, 17
          """)
  void givesTheBitsOfTheScalarTwin(int inputs, int outputs, int images, int capacity) {
    for (Kind kind : Kind.values()) {
      check(inputs, outputs, images, capacity, kind);
    }
  }

  @Property(tries = 1000)
  void givesTheBitsOfTheScalarTwinForAnySize(
      @ForAll @IntRange(min = 1, max = 8) int groups,
      @ForAll @IntRange(min = 1, max = 130) int outputs,
      @ForAll @IntRange(min = 1, max = 17) int images,
      @ForAll @IntRange(min = 0, max = 3) int spare,
      @ForAll Kind kind) {
    check(groups * Layout.LANES, outputs, images, images + spare, kind);
  }

  private static void check(int inputs, int outputs, int images, int capacity, Kind kind) {
    for (Kernels kernels : Implementations.fast()) {
      String what = "%s %d to %d, %s".formatted(kernels.name(), inputs, outputs, kind);
      FullyConnected expected =
          Implementations.scalar().fullyConnected(inputs, outputs, Workspace.of(capacity));
      FullyConnected actual = kernels.fullyConnected(inputs, outputs, Workspace.of(capacity));
      int width = Layout.padded(outputs);
      float[] input = Floats.random(1, capacity * inputs, kind);
      float[] weights =
          Floats.at(MATRIX, Floats.rows(2, inputs + 1, outputs, width, kind), Layout.LANES);
      float[] outputGradient = Floats.rows(3, capacity, outputs, width, kind);
      int bias = MATRIX + inputs * width;

      float[] output0 = Floats.untouched(capacity * width);
      float[] output1 = output0.clone();
      expected.forward(
          Worker.alone(),
          images,
          vectors(input, capacity, inputs),
          weights,
          MATRIX,
          bias,
          vectors(output0, capacity, outputs));
      actual.forward(
          Worker.alone(),
          images,
          vectors(input, capacity, inputs),
          weights,
          MATRIX,
          bias,
          vectors(output1, capacity, outputs));
      same(what + ", output", output0, output1, outputs, width, kind);

      float[] gradient0 = Floats.untouched(weights.length);
      float[] gradient1 = gradient0.clone();
      expected.weightGradient(
          Worker.alone(),
          NodeTree.single(images),
          vectors(input, capacity, inputs),
          vectors(outputGradient, capacity, outputs),
          gradient0,
          MATRIX,
          bias);
      actual.weightGradient(
          Worker.alone(),
          NodeTree.single(images),
          vectors(input, capacity, inputs),
          vectors(outputGradient, capacity, outputs),
          gradient1,
          MATRIX,
          bias);
      same(what + ", weight gradient", gradient0, gradient1, outputs, width, kind);

      float[] back0 = Floats.untouched(capacity * inputs);
      float[] back1 = back0.clone();
      expected.inputGradient(
          Worker.alone(),
          images,
          vectors(outputGradient, capacity, outputs),
          weights,
          MATRIX,
          false,
          vectors(back0, capacity, inputs));
      actual.inputGradient(
          Worker.alone(),
          images,
          vectors(outputGradient, capacity, outputs),
          weights,
          MATRIX,
          false,
          vectors(back1, capacity, inputs));
      same(what + ", input gradient", back0, back1, inputs, inputs, kind);
    }
  }

  private static Tensor vectors(float[] data, int images, int length) {
    return new Tensor(data, 0, images, Shape.vector(length), Layout.padded(length));
  }

  private static void same(
      String what, float[] expected, float[] actual, int used, int stride, Kind kind) {
    if (kind == Kind.NOT_FINITE) {
      Compare.sameNumbers(what, expected, actual, used, stride);
    } else {
      Compare.sameBits(what, expected, actual);
    }
  }
}
