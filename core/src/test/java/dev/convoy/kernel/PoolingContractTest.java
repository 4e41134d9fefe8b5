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

/** Every implementation of max pooling and of subsampling gives the scalar twin's bits. */
class PoolingContractTest {
  private static final int COEFFICIENT = 16;

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # height, width, channels, window, stride, images, capacity
          28, 28,   6, 2, 2,  2,  3
          10, 10,  16, 2, 2,  4,  4
           1,  1,   1, 1, 1,  1,  1
           2,  2, 120, 2, 2, 17, 17
           5,  7,   3, 3, 2,  3,  8
           7,  5,  17, 3, 1,  2,  2
           9, 10,  84, 3, 2,  1,  2
           8,  3,   1, 1, 4,  5,  5
           6,  6,   6, 2, 4,  2,  2
           4,  4,  16, 3, 3,  2,  2
          11, 11,   3, 7, 1,  1,  1
          """)
  void givesTheBitsOfTheScalarTwin(
      int height, int width, int channels, int window, int stride, int images, int capacity) {
    var geometry = new PoolingGeometry(new Shape(height, width, channels), window, stride);
    for (Kind kind : Kind.values()) {
      maxPooling(geometry, images, capacity, kind);
      subsampling(geometry, images, capacity, kind);
    }
  }

  @Property(tries = 1000)
  void givesTheBitsOfTheScalarTwinForAnyGeometry(
      @ForAll @IntRange(min = 1, max = 13) int height,
      @ForAll @IntRange(min = 1, max = 13) int width,
      @ForAll @IntRange(min = 1, max = 40) int channels,
      @ForAll @IntRange(min = 1, max = 4) int window,
      @ForAll @IntRange(min = 1, max = 4) int stride,
      @ForAll @IntRange(min = 1, max = 4) int images,
      @ForAll @IntRange(min = 0, max = 2) int spare,
      @ForAll Kind kind) {
    int fitting = Math.min(window, Math.min(height, width));
    var geometry = new PoolingGeometry(new Shape(height, width, channels), fitting, stride);
    maxPooling(geometry, images, images + spare, kind);
    subsampling(geometry, images, images + spare, kind);
  }

  private static void maxPooling(PoolingGeometry g, int images, int capacity, Kind kind) {
    for (Kernels kernels : Implementations.fast()) {
      String what = "%s max pooling %s, %s".formatted(kernels.name(), g, kind);
      MaxPooling expected = Implementations.scalar().maxPooling(g, Workspace.of(capacity));
      MaxPooling actual = kernels.maxPooling(g, Workspace.of(capacity));
      float[] input = pixels(1, capacity, g, g.input(), kind);

      float[] output0 = Floats.untouched(capacity * g.output().pixels() * stride(g));
      float[] output1 = output0.clone();
      expected.forward(
          Worker.alone(),
          images,
          tensor(input, capacity, g.input()),
          tensor(output0, capacity, g.output()));
      actual.forward(
          Worker.alone(),
          images,
          tensor(input, capacity, g.input()),
          tensor(output1, capacity, g.output()));
      same(what + ", output", output0, output1, kind);

      float[] outputGradient = pixels(2, capacity, g, g.output(), kind);
      float[] gradient0 = Floats.untouched(input.length);
      float[] gradient1 = gradient0.clone();
      expected.backward(
          Worker.alone(),
          images,
          tensor(outputGradient, capacity, g.output()),
          false,
          tensor(gradient0, capacity, g.input()));
      actual.backward(
          Worker.alone(),
          images,
          tensor(outputGradient, capacity, g.output()),
          false,
          tensor(gradient1, capacity, g.input()));
      same(what + ", input gradient", gradient0, gradient1, kind);
    }
  }

  private static void subsampling(PoolingGeometry g, int images, int capacity, Kind kind) {
    for (Kernels kernels : Implementations.fast()) {
      String what = "%s subsampling %s, %s".formatted(kernels.name(), g, kind);
      Subsampling expected = Implementations.scalar().subsampling(g, Workspace.of(capacity));
      Subsampling actual = kernels.subsampling(g, Workspace.of(capacity));
      float[] input = pixels(1, capacity, g, g.input(), kind);
      float[] trained = Floats.rows(2, 2, g.input().channels(), stride(g), kind);
      float[] weights = Floats.at(COEFFICIENT, trained, 16);
      int bias = COEFFICIENT + stride(g);

      float[] output0 = Floats.untouched(capacity * g.output().pixels() * stride(g));
      float[] output1 = output0.clone();
      expected.forward(
          Worker.alone(),
          images,
          tensor(input, capacity, g.input()),
          weights,
          COEFFICIENT,
          bias,
          tensor(output0, capacity, g.output()));
      actual.forward(
          Worker.alone(),
          images,
          tensor(input, capacity, g.input()),
          weights,
          COEFFICIENT,
          bias,
          tensor(output1, capacity, g.output()));
      same(what + ", output", output0, output1, kind);

      float[] outputGradient = pixels(3, capacity, g, g.output(), kind);
      float[] gradient0 = Floats.untouched(weights.length);
      float[] gradient1 = gradient0.clone();
      expected.weightGradient(
          Worker.alone(),
          NodeTree.single(images),
          tensor(outputGradient, capacity, g.output()),
          gradient0,
          COEFFICIENT,
          bias);
      actual.weightGradient(
          Worker.alone(),
          NodeTree.single(images),
          tensor(outputGradient, capacity, g.output()),
          gradient1,
          COEFFICIENT,
          bias);
      same(what + ", weight gradient", gradient0, gradient1, kind);

      float[] back0 = Floats.untouched(input.length);
      float[] back1 = back0.clone();
      expected.inputGradient(
          Worker.alone(),
          images,
          tensor(outputGradient, capacity, g.output()),
          weights,
          COEFFICIENT,
          false,
          tensor(back0, capacity, g.input()));
      actual.inputGradient(
          Worker.alone(),
          images,
          tensor(outputGradient, capacity, g.output()),
          weights,
          COEFFICIENT,
          false,
          tensor(back1, capacity, g.input()));
      same(what + ", input gradient", back0, back1, kind);
    }
  }

  private static int stride(PoolingGeometry g) {
    return Layout.padded(g.input().channels());
  }

  private static Tensor tensor(float[] data, int images, Shape shape) {
    return new Tensor(data, 0, images, shape, Layout.padded(shape.channels()));
  }

  private static float[] pixels(long seed, int images, PoolingGeometry g, Shape shape, Kind kind) {
    return Floats.rows(seed, images * shape.pixels(), shape.channels(), stride(g), kind);
  }

  private static void same(String what, float[] expected, float[] actual, Kind kind) {
    if (kind == Kind.NOT_FINITE) {
      Compare.sameNumbers(what, expected, actual, 1, 1);
    } else {
      Compare.sameBits(what, expected, actual);
    }
  }
}
