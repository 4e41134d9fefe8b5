package dev.convoy.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.convoy.concurrent.Crew;
import dev.convoy.concurrent.Worker;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Tensor;
import dev.convoy.testing.Compare;
import dev.convoy.testing.Floats;
import dev.convoy.testing.Floats.Kind;
import dev.convoy.testing.Implementations;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Holds every implementation of a convolution to the scalar twin's bits, for any number of workers.
 */
final class ConvolutionTwins {
  private ConvolutionTwins() {}

  /** Compares all three passes, and counts the bands that the epilogue is told of. */
  static void check(ConvolutionAlgorithm algorithm, ConvolutionCase example, Kind kind) {
    for (Kernels kernels : Implementations.fast()) {
      for (int workers = 1; workers <= 3; workers++) {
        compare(algorithm, example, kind, kernels, workers);
      }
    }
  }

  private static void compare(
      ConvolutionAlgorithm algorithm,
      ConvolutionCase example,
      Kind kind,
      Kernels kernels,
      int workers) {
    ConvolutionGeometry g = example.g();
    int capacity = example.images() + example.spare();
    var workspace = new Workspace(capacity, workers, false);
    Convolution expected =
        Implementations.scalar().convolution(algorithm, g, Workspace.of(capacity));
    Convolution actual = kernels.convolution(algorithm, g, workspace);
    Arrays.fill(workspace.scratch(), Floats.UNTOUCHED);
    String what = "%s, %s, %d workers".formatted(kernels.name(), example, workers);

    Tensor input = example.input(kind);
    float[] weights = example.weights(kind);
    Tensor[] outputs = {example.output(), example.output()};
    var bands = new AtomicIntegerArray(new Bands(g.output()).count(example.images()));
    forward(Worker.alone(), example, expected, input, weights, Epilogue.NONE, outputs[0]);
    Epilogue count = (from, to) -> countBands(bands, from, to);
    together(workers, me -> forward(me, example, actual, input, weights, count, outputs[1]));
    same(what + ", output", kind, outputs[0], outputs[1]);
    assertArrayEquals(ones(bands.length()), values(bands), what + ": bands told of");

    Tensor gradient = example.outputGradient(kind);
    float[][] gradients = {Floats.untouched(weights.length), Floats.untouched(weights.length)};
    weightGradient(Worker.alone(), example, expected, input, gradient, gradients[0]);
    Tensor[] inputGradients = {example.inputGradient(kind), example.inputGradient(kind)};
    inputGradient(Worker.alone(), example, expected, gradient, weights, inputGradients[0]);
    together(
        workers,
        me -> {
          weightGradient(me, example, actual, input, gradient, gradients[1]);
          inputGradient(me, example, actual, gradient, weights, inputGradients[1]);
        });
    if (kind == Kind.NOT_FINITE) {
      Compare.sameNumbers(what + ", weight gradient", gradients[0], gradients[1], 1, 1);
    } else {
      Compare.sameBits(what + ", weight gradient", gradients[0], gradients[1]);
    }
    same(what + ", input gradient", kind, inputGradients[0], inputGradients[1]);
  }

  private static void forward(
      Worker me,
      ConvolutionCase example,
      Convolution convolution,
      Tensor input,
      float[] weights,
      Epilogue epilogue,
      Tensor output) {
    convolution.forward(
        me,
        example.images(),
        input,
        weights,
        ConvolutionCase.FILTER,
        example.bias(),
        epilogue,
        output);
  }

  private static void weightGradient(
      Worker me,
      ConvolutionCase example,
      Convolution convolution,
      Tensor input,
      Tensor outputGradient,
      float[] gradients) {
    convolution.weightGradient(
        me,
        example.tree(),
        input,
        outputGradient,
        gradients,
        ConvolutionCase.FILTER,
        example.bias());
  }

  private static void inputGradient(
      Worker me,
      ConvolutionCase example,
      Convolution convolution,
      Tensor outputGradient,
      float[] weights,
      Tensor inputGradient) {
    convolution.inputGradient(
        me,
        example.images(),
        outputGradient,
        weights,
        ConvolutionCase.FILTER,
        example.add(),
        inputGradient);
  }

  private static void together(int workers, Crew.Program program) {
    try (Crew crew = new Crew(workers)) {
      crew.run(program);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void countBands(AtomicIntegerArray bands, int from, int to) {
    for (int band = from; band < to; band++) {
      bands.incrementAndGet(band);
    }
  }

  private static int[] values(AtomicIntegerArray array) {
    int[] values = new int[array.length()];
    Arrays.setAll(values, array::get);
    return values;
  }

  private static int[] ones(int count) {
    int[] ones = new int[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static void same(String what, Kind kind, Tensor expected, Tensor actual) {
    if (kind != Kind.NOT_FINITE) {
      Compare.sameBits(what, expected.data(), actual.data());
      return;
    }
    // Zero times infinity makes NaN of the padding; a diverged run is lost anyway.
    float[][] used = {expected.data().clone(), actual.data().clone()};
    for (int p = 0; p < expected.images() * expected.shape().pixels(); p++) {
      int from = expected.pixel(p) + expected.shape().channels();
      int to = expected.pixel(p) + Layout.padded(expected.shape().channels());
      Arrays.fill(used[0], from, to, 0f);
      Arrays.fill(used[1], from, to, 0f);
    }
    Compare.sameNumbers(what, used[0], used[1], 1, 1);
  }
}
