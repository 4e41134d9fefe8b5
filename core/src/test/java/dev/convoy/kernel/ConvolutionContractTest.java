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
import org.junit.jupiter.params.provider.EnumSource;

/** Every implementation of a convolution gives the scalar twin's bits. */
class ConvolutionContractTest {
  private static final int FILTER = 32;

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # height, width, channels, pixel, outputs, kernel h, w, stride, padding, images, capacity
          32, 32,   1,   1,   6,  5,  5, 1, 0,  2,  2
          14, 14,   6,  16,  16,  5,  5, 1, 0,  3,  4
           5,  5,  16,  16, 120,  5,  5, 1, 0, 17, 17
           1,  1,   1,   1,   1,  1,  1, 1, 0,  1,  1
           1,  1,  84,  96,  10,  1,  1, 1, 0,  7, 16
           3,  1,   3,   3,  17,  1,  1, 2, 0,  5,  5
           7,  9,   3,   3,  16,  3,  3, 1, 1,  1,  2
           9,  7,   3,  16,  17,  3,  3, 2, 1,  2,  3
           8,  8,  17,  17,  16,  3,  3, 1, 1,  2,  2
           6,  5,  17,  32,  84,  3,  3, 4, 2,  3,  3
          13, 11,   3,   3,  96, 11, 11, 4, 0,  2,  2
          23, 19,   3,   3,  16, 11, 11, 4, 2,  1,  4
          16, 16,   3,   3,  17,  7,  7, 2, 3,  2,  2
           7,  7,  84,  96,   3,  1,  1, 2, 0,  3,  5
           4,  4, 120, 128,   6,  3,  3, 1, 1,  2,  3
           6,  4,   6,  16,  16,  3,  5, 1, 2,  3,  3
           4,  6,   6,   6,  17,  5,  1, 2, 2,  2,  9
           9,  3,   1,   1,   3,  1,  7, 1, 3,  4,  4
           2,  2,   3,   3,   6,  5,  5, 1, 3,  3,  3
           5,  5,   6,  16,  17,  1,  1, 4, 3,  2,  2
           3,  3,  16,  16,  16,  3,  3, 1, 0, 16, 17
           2, 17,   1,  16,  16,  2,  9, 1, 0,  1,  1
          """)
  void givesTheBitsOfTheScalarTwin(
      int height,
      int width,
      int channels,
      int pixel,
      int outputs,
      int kernelHeight,
      int kernelWidth,
      int stride,
      int padding,
      int images,
      int capacity) {
    var geometry =
        new ConvolutionGeometry(
            new Shape(height, width, channels),
            pixel,
            outputs,
            kernelHeight,
            kernelWidth,
            stride,
            padding);
    check(geometry, images, capacity, Kind.ORDINARY);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void givesTheBitsOfTheScalarTwinWithSpecialValues(Kind kind) {
    check(new ConvolutionGeometry(new Shape(5, 11, 3), 3, 17, 3, 3, 1, 1), 3, 4, kind);
    check(new ConvolutionGeometry(new Shape(6, 5, 17), 32, 16, 3, 3, 2, 1), 2, 2, kind);
    check(new ConvolutionGeometry(new Shape(4, 10, 2), 16, 3, 1, 1, 1, 0), 2, 2, kind);
  }

  @Property(tries = 1000)
  void givesTheBitsOfTheScalarTwinForAnyGeometry(
      @ForAll @IntRange(min = 1, max = 12) int height,
      @ForAll @IntRange(min = 1, max = 19) int width,
      @ForAll @IntRange(min = 1, max = 20) int channels,
      @ForAll boolean padPixels,
      @ForAll @IntRange(min = 1, max = 40) int outputs,
      @ForAll @IntRange(min = 1, max = 5) int kernelHeight,
      @ForAll @IntRange(min = 1, max = 5) int kernelWidth,
      @ForAll @IntRange(min = 1, max = 4) int stride,
      @ForAll @IntRange(min = 0, max = 3) int padding,
      @ForAll @IntRange(min = 1, max = 3) int images,
      @ForAll Kind kind) {
    var geometry =
        new ConvolutionGeometry(
            new Shape(height, width, channels),
            padPixels ? Layout.padded(channels) : channels,
            outputs,
            Math.min(kernelHeight, height + 2 * padding),
            Math.min(kernelWidth, width + 2 * padding),
            stride,
            padding);
    check(geometry, images, images + 1, kind);
  }

  private static void check(ConvolutionGeometry geometry, int images, int capacity, Kind kind) {
    for (Kernels kernels : Implementations.fast()) {
      var pair =
          new Twins(
              geometry,
              kernels.name() + " " + geometry,
              Implementations.scalar().convolution(geometry, Workspace.of(capacity)),
              kernels.convolution(geometry, Workspace.of(capacity)),
              capacity,
              kind);
      // A full microbatch first: what it leaves in scratch memory must not show in the second.
      pair.compare(capacity, true, 1);
      pair.compare(images, false, 2);
    }
  }

  private record Twins(
      ConvolutionGeometry g,
      String what,
      Convolution expected,
      Convolution actual,
      int capacity,
      Kind kind) {

    void compare(int images, boolean biased, long seed) {
      int pixels = g.input().pixels();
      int outputPixels = g.output().pixels();
      float[] input =
          Floats.rows(seed, capacity * pixels, g.input().channels(), g.inputStride(), kind);
      float[] filter = packed(seed + 10);
      float[] weights = Floats.at(FILTER, filter, 16);
      float[] outputGradient =
          Floats.rows(seed + 20, capacity * outputPixels, g.outputs(), g.outputStride(), kind);
      int bias = biased ? FILTER + g.filterLength() : -1;

      float[][] outputs = results(capacity * outputPixels * g.outputStride());
      expected.forward(
          Worker.alone(),
          images,
          inputs(input.clone()),
          weights,
          FILTER,
          bias,
          Epilogue.NONE,
          outputs(outputs[0]));
      actual.forward(
          Worker.alone(),
          images,
          inputs(input),
          weights,
          FILTER,
          bias,
          Epilogue.NONE,
          outputs(outputs[1]));
      same("output", outputs, g.outputs(), g.outputStride());

      float[][] gradients = results(weights.length);
      expected.weightGradient(
          Worker.alone(),
          NodeTree.single(images),
          inputs(input),
          outputs(outputGradient),
          gradients[0],
          FILTER,
          bias);
      actual.weightGradient(
          Worker.alone(),
          NodeTree.single(images),
          inputs(input),
          outputs(outputGradient),
          gradients[1],
          FILTER,
          bias);
      same("weight gradient", gradients, 1, 1);

      float[][] inputGradients = results(capacity * pixels * g.inputGradientStride());
      expected.inputGradient(
          Worker.alone(),
          images,
          outputs(outputGradient),
          weights,
          FILTER,
          false,
          new Tensor(inputGradients[0], 0, capacity, g.input(), g.inputGradientStride()));
      actual.inputGradient(
          Worker.alone(),
          images,
          outputs(outputGradient),
          weights,
          FILTER,
          false,
          new Tensor(inputGradients[1], 0, capacity, g.input(), g.inputGradientStride()));
      same("input gradient", inputGradients, g.input().channels(), g.inputGradientStride());
    }

    /** Filter and bias in the kernels' layout, zero where there is no output. */
    private float[] packed(long seed) {
      float[] values = Floats.random(seed, (g.taps() + 1) * g.outputs(), kind);
      float[] packed = new float[g.filterLength() + g.outputStride()];
      for (int i = 0; i < values.length; i++) {
        int tap = i / g.outputs();
        int o = i % g.outputs();
        packed[tap < g.taps() ? g.filterIndex(tap, o) : g.filterLength() + o] = values[i];
      }
      return packed;
    }

    private Tensor inputs(float[] data) {
      return new Tensor(data, 0, capacity, g.input(), g.inputStride());
    }

    private Tensor outputs(float[] data) {
      return new Tensor(data, 0, capacity, g.output(), g.outputStride());
    }

    private static float[][] results(int length) {
      return new float[][] {Floats.untouched(length), Floats.untouched(length)};
    }

    private void same(String which, float[][] results, int used, int stride) {
      String name = what + ", " + which;
      if (kind == Kind.NOT_FINITE) {
        // Zero times infinity makes NaN of the padding; a diverged run is lost anyway.
        Compare.sameNumbers(name, results[0], results[1], used, stride);
      } else {
        Compare.sameBits(name, results[0], results[1]);
      }
    }
  }
}
