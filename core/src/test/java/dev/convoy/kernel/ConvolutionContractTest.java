package dev.convoy.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.convoy.concurrent.Crew;
import dev.convoy.concurrent.Worker;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.testing.Compare;
import dev.convoy.testing.Floats;
import dev.convoy.testing.Floats.Kind;
import dev.convoy.testing.Implementations;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerArray;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every implementation of a direct convolution gives the scalar twin's bits, for any number of
 * workers and of virtual nodes, whether the channels are a tensor of their own or a part of one.
 */
class ConvolutionContractTest {
  private static final int FILTER = 32;

  /**
   * A convolution and a batch.
   *
   * @param rest images that belong to no virtual node
   * @param spare images that there is room for but that are not in use
   * @param view whether all tensors are channels of larger ones
   */
  private record Case(
      ConvolutionGeometry g,
      int nodes,
      int nodeImages,
      int rest,
      int spare,
      boolean view,
      boolean biased,
      boolean add) {

    int images() {
      return nodes * nodeImages + rest;
    }

    NodeTree tree() {
      return new NodeTree(rest, nodes, nodeImages);
    }

    int bias() {
      return biased ? FILTER + g.filterLength() : -1;
    }

    Tensor input(Kind kind) {
      return filled(1, g.input(), g.inputStride(), kind);
    }

    Tensor outputGradient(Kind kind) {
      return filled(2, g.output(), stride(g.outputStride()), kind);
    }

    Tensor output() {
      return untouched(g.output(), stride(g.outputStride()));
    }

    /** Of a gradient to add to, or without. */
    Tensor inputGradient(Kind kind) {
      int stride = stride(g.inputGradientStride());
      return add ? filled(3, g.input(), stride, kind) : untouched(g.input(), stride);
    }

    private int stride(int channels) {
      return view ? channels + 2 * Layout.LANES : channels;
    }

    private Tensor untouched(Shape shape, int stride) {
      int at = view ? Layout.LANES : 0;
      int capacity = images() + spare;
      float[] data = Floats.untouched(at + capacity * shape.pixels() * stride);
      return new Tensor(data, at, capacity, shape, stride);
    }

    private Tensor filled(long seed, Shape shape, int stride, Kind kind) {
      Tensor tensor = untouched(shape, stride);
      int pixels = tensor.images() * shape.pixels();
      int channels = Math.min(stride, Layout.padded(shape.channels()));
      float[] values = Floats.rows(seed, pixels, shape.channels(), channels, kind);
      for (int p = 0; p < pixels; p++) {
        int to = tensor.pixel(p);
        int length = Math.min(channels, tensor.data().length - to);
        System.arraycopy(values, p * channels, tensor.data(), to, length);
      }
      return tensor;
    }

    float[] weights(Kind kind) {
      float[] packed = new float[g.filterLength() + g.outputStride()];
      float[] values = Floats.random(4, (g.taps() + 1) * g.outputs(), kind);
      for (int o = 0; o < g.outputs(); o++) {
        for (int k = 0; k < g.taps(); k++) {
          packed[g.filterIndex(k, o)] = values[k * g.outputs() + o];
        }
        packed[g.filterLength() + o] = values[g.taps() * g.outputs() + o];
      }
      return Floats.at(FILTER, packed, Layout.LANES);
    }
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # height, width, channels, pixel, outputs, kernel h, w, stride, padding, groups, nodes, of
          32, 32,   1,   1,   6,  5,  5, 1, 0, 1, 1, 2
          14, 14,   6,  16,  16,  5,  5, 1, 0, 1, 1, 3
           5,  5,  16,  16, 120,  5,  5, 1, 0, 1, 1, 8
           1,  1,   1,   1,   1,  1,  1, 1, 0, 1, 1, 1
           1,  1,  84,  96,  10,  1,  1, 1, 0, 1, 2, 3
           3,  1,   3,   3,  17,  1,  1, 2, 0, 1, 4, 1
           7,  9,   3,   3,  16,  3,  3, 1, 1, 1, 1, 1
           9,  7,   3,  16,  17,  3,  3, 2, 1, 1, 2, 1
           8,  8,  17,  17,  16,  3,  3, 1, 1, 1, 2, 1
           6,  5,  17,  32,  84,  3,  3, 4, 2, 1, 1, 3
          13, 11,   3,   3,  96, 11, 11, 4, 0, 1, 2, 1
          23, 19,   3,   3,  16, 11, 11, 4, 2, 1, 1, 1
          16, 16,   3,   3,  17,  7,  7, 2, 3, 1, 1, 2
           7,  7,  84,  96,   3,  1,  1, 2, 0, 1, 1, 3
           4,  4, 120, 128,   6,  3,  3, 1, 1, 1, 2, 1
           6,  4,   6,  16,  16,  3,  5, 1, 2, 1, 1, 3
           4,  6,   6,   6,  17,  5,  1, 2, 2, 1, 2, 1
           9,  3,   1,   1,   3,  1,  7, 1, 3, 1, 4, 1
           2,  2,   3,   3,   6,  5,  5, 1, 3, 1, 1, 3
           5,  5,   6,  16,  17,  1,  1, 4, 3, 1, 2, 1
           3,  3,  16,  16,  16,  3,  3, 1, 0, 1, 8, 2
           2, 17,   1,  16,  16,  2,  9, 1, 0, 1, 1, 1
          # groups, and products longer than a cache is large
          13, 13,  32,  32,  64,  5,  5, 1, 2, 2, 2, 1
           6,  7,  48,  48,  96,  3,  3, 2, 1, 3, 1, 3
           7,  7, 528, 528,  48,  1,  1, 1, 0, 1, 2, 2
           7,  7, 208, 208,  32,  3,  3, 1, 1, 1, 2, 1
           9,  9,  64,  64, 208,  3,  3, 2, 1, 1, 1, 2
          30, 30,  16,  16,  48,  3,  3, 1, 1, 1, 1, 2
          14, 14,  64,  64,  32,  1,  1, 2, 0, 1, 4, 1
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
      int groups,
      int nodes,
      int nodeImages) {
    var geometry =
        new ConvolutionGeometry(
            new Shape(height, width, channels),
            pixel,
            outputs,
            kernelHeight,
            kernelWidth,
            stride,
            padding,
            groups);
    check(new Case(geometry, nodes, nodeImages, 0, 1, false, true, false), Kind.ORDINARY);
    check(new Case(geometry, nodes, nodeImages, 1, 0, true, false, true), Kind.ORDINARY);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void givesTheBitsOfTheScalarTwinWithSpecialValues(Kind kind) {
    var images = new ConvolutionGeometry(new Shape(5, 11, 3), 3, 17, 3, 3, 1, 1);
    var strided = new ConvolutionGeometry(new Shape(6, 5, 17), 32, 16, 3, 3, 2, 1);
    var point = new ConvolutionGeometry(new Shape(4, 10, 2), 16, 3, 1, 1, 1, 0);
    for (ConvolutionGeometry g : new ConvolutionGeometry[] {images, strided, point}) {
      check(new Case(g, 2, 1, 0, 1, false, true, false), kind);
      check(new Case(g, 2, 2, 0, 0, true, true, true), kind);
    }
  }

  @Property(tries = 300)
  void givesTheBitsOfTheScalarTwinForAnyGeometry(
      @ForAll @IntRange(min = 1, max = 12) int height,
      @ForAll @IntRange(min = 1, max = 19) int width,
      @ForAll @IntRange(min = 1, max = 36) int channels,
      @ForAll boolean padPixels,
      @ForAll @IntRange(min = 1, max = 40) int outputs,
      @ForAll @IntRange(min = 1, max = 5) int kernelHeight,
      @ForAll @IntRange(min = 1, max = 5) int kernelWidth,
      @ForAll @IntRange(min = 1, max = 4) int stride,
      @ForAll @IntRange(min = 0, max = 3) int padding,
      @ForAll @IntRange(min = 0, max = 2) int logNodes,
      @ForAll @IntRange(min = 0, max = 2) int spare,
      @ForAll boolean view,
      @ForAll boolean biased,
      @ForAll boolean add,
      @ForAll @IntRange(min = 1, max = 3) int workers,
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
    check(new Case(geometry, 1 << logNodes, 1, spare, spare, view, biased, add), kind, workers);
  }

  /** What the three passes give. */
  private record Results(Tensor output, float[] gradients, Tensor inputGradient) {
    static Results empty(Case example, Kind kind) {
      float[] gradients = Floats.untouched(example.weights(kind).length);
      return new Results(example.output(), gradients, example.inputGradient(kind));
    }
  }

  private static void check(Case example, Kind kind) {
    check(example, kind, 1, 2, 3);
  }

  private static void check(Case example, Kind kind, int... workers) {
    Results expected = Results.empty(example, kind);
    int capacity = example.images() + example.spare();
    Convolution scalar =
        Implementations.scalar()
            .convolution(ConvolutionAlgorithm.DIRECT, example.g(), Workspace.of(capacity));
    run(Worker.alone(), example, kind, scalar, Epilogue.NONE, expected);
    for (Kernels kernels : Implementations.fast()) {
      for (int count : workers) {
        compare(example, kind, kernels, count, expected);
      }
    }
  }

  private static void compare(
      Case example, Kind kind, Kernels kernels, int workers, Results expected) {
    ConvolutionGeometry g = example.g();
    var workspace = new Workspace(example.images() + example.spare(), workers, false);
    Convolution convolution = kernels.convolution(ConvolutionAlgorithm.DIRECT, g, workspace);
    Arrays.fill(workspace.scratch(), Floats.UNTOUCHED);
    Results actual = Results.empty(example, kind);
    var bands = new AtomicIntegerArray(new Bands(g.output()).count(example.images()));
    Epilogue count = (from, to) -> countBands(bands, from, to);
    together(workers, me -> run(me, example, kind, convolution, count, actual));

    String what = "%s, %s, %d workers".formatted(kernels.name(), example, workers);
    assertArrayEquals(ones(bands.length()), values(bands), what + ": bands told of");
    same(what + ", output", kind, expected.output(), actual.output());
    same(what + ", input gradient", kind, expected.inputGradient(), actual.inputGradient());
    if (kind == Kind.NOT_FINITE) {
      Compare.sameNumbers(
          what + ", weight gradient", expected.gradients(), actual.gradients(), 1, 1);
    } else {
      Compare.sameBits(what + ", weight gradient", expected.gradients(), actual.gradients());
    }
  }

  private static void run(
      Worker me,
      Case example,
      Kind kind,
      Convolution convolution,
      Epilogue epilogue,
      Results results) {
    int images = example.images();
    Tensor input = example.input(kind);
    Tensor gradient = example.outputGradient(kind);
    float[] weights = example.weights(kind);
    int bias = example.bias();
    convolution.forward(me, images, input, weights, FILTER, bias, epilogue, results.output());
    me.meet();
    convolution.weightGradient(
        me, example.tree(), input, gradient, results.gradients(), FILTER, bias);
    convolution.inputGradient(
        me, images, gradient, weights, FILTER, example.add(), results.inputGradient());
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
