package dev.convoy.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.convoy.concurrent.Worker;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Tensor;
import dev.convoy.testing.Compare;
import dev.convoy.testing.Floats;
import dev.convoy.testing.Floats.Kind;
import dev.convoy.testing.Implementations;
import dev.convoy.testing.Teams;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Holds every implementation of a convolution to the scalar twin's bits, for any number of workers.
 */
final class ConvolutionTwins {
  private ConvolutionTwins() {}

  /** What the three passes give. */
  private record Results(Tensor output, float[] gradients, Tensor inputGradient) {
    static Results empty(ConvolutionCase example, Kind kind) {
      float[] gradients = Floats.untouched(example.weights(kind).length);
      return new Results(example.output(), gradients, example.inputGradient(kind));
    }
  }

  /** Compares all three passes, and counts the bands that the epilogue is told of. */
  static void check(ConvolutionAlgorithm algorithm, ConvolutionCase example, Kind kind) {
    check(algorithm, example, kind, Teams.SIZES);
  }

  /** The same with teams of some sizes only. */
  static void check(
      ConvolutionAlgorithm algorithm, ConvolutionCase example, Kind kind, List<Integer> teams) {
    Results expected = Results.empty(example, kind);
    int capacity = example.images() + example.spare();
    ConvolutionKernel scalar =
        Implementations.scalar().convolution(algorithm, example.g(), Workspace.of(capacity));
    run(Worker.single(), example, kind, scalar, Epilogue.NONE, expected);
    for (Kernels kernels : Implementations.fast()) {
      for (int workers : teams) {
        var workspace = new Workspace(capacity, workers, false);
        ConvolutionKernel convolution = kernels.convolution(algorithm, example.g(), workspace);
        Arrays.fill(workspace.scratch(), Floats.UNTOUCHED);
        compare(
            String.format(Locale.ROOT, "%s, %s, %d workers", kernels.name(), example, workers),
            example,
            kind,
            convolution,
            workers,
            expected);
      }
    }
  }

  private static void compare(
      String what,
      ConvolutionCase example,
      Kind kind,
      ConvolutionKernel convolution,
      int workers,
      Results expected) {
    Results actual = Results.empty(example, kind);
    var bands = new AtomicIntegerArray(new RowBands(example.g().output()).count(example.images()));
    Epilogue count = (from, to) -> countBands(bands, from, to);
    Teams.run(workers, worker -> run(worker, example, kind, convolution, count, actual));

    assertArrayEquals(ones(bands.length()), values(bands), what + ": bands told of");
    same(what + ", output", kind, expected.output(), actual.output());
    same(what + ", input gradient", kind, expected.inputGradient(), actual.inputGradient());
    if (kind == Kind.NOT_FINITE) {
      Compare.sameNumbers(
          what + ", weight gradient",
          used(example, expected.gradients()),
          used(example, actual.gradients()),
          1,
          1);
    } else {
      Compare.sameBits(what + ", weight gradient", expected.gradients(), actual.gradients());
    }
  }

  private static void run(
      Worker worker,
      ConvolutionCase example,
      Kind kind,
      ConvolutionKernel convolution,
      Epilogue epilogue,
      Results results) {
    int images = example.images();
    int filter = ConvolutionCase.FILTER;
    int bias = example.bias();
    Tensor input = example.input(kind);
    Tensor gradient = example.outputGradient(kind);
    float[] weights = example.weights(kind);
    convolution.forward(worker, images, input, weights, filter, bias, epilogue, results.output());
    worker.barrier();
    convolution.weightGradient(
        worker, example.tree(), input, gradient, results.gradients(), filter, bias);
    worker.barrier();
    convolution.inputGradient(
        worker, images, gradient, weights, filter, example.add(), results.inputGradient());
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

  /** Zero times infinity makes NaN of the weights of outputs that only fill a vector. */
  private static float[] used(ConvolutionCase example, float[] gradients) {
    float[] used = gradients.clone();
    ConvolutionGeometry g = example.g();
    for (int o = g.outChannels(); o < g.outputStride(); o++) {
      for (int tap = 0; tap < g.fanIn(); tap++) {
        used[ConvolutionCase.FILTER + g.filterIndex(tap, o)] = 0f;
      }
    }
    return used;
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
