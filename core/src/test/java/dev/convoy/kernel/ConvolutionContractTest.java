package dev.convoy.kernel;

import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.Floats.Kind;
import java.util.List;
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
          # one short line of taps, of which a panel has more than one vector where vectors are short
           2,  8,   1,  16,   1,  1,  2, 1, 3, 1, 1, 1
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
    check(
        new ConvolutionCase(geometry, nodes, nodeImages, 0, 1, false, true, false), Kind.ORDINARY);
    check(new ConvolutionCase(geometry, nodes, nodeImages, 1, 0, true, false, true), Kind.ORDINARY);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void givesTheBitsOfTheScalarTwinWithSpecialValues(Kind kind) {
    var images = new ConvolutionGeometry(new Shape(5, 11, 3), 3, 17, 3, 3, 1, 1);
    var strided = new ConvolutionGeometry(new Shape(6, 5, 17), 32, 16, 3, 3, 2, 1);
    var point = new ConvolutionGeometry(new Shape(4, 10, 2), 16, 3, 1, 1, 1, 0);
    for (ConvolutionGeometry g : new ConvolutionGeometry[] {images, strided, point}) {
      check(new ConvolutionCase(g, 2, 1, 0, 1, false, true, false), kind);
      check(new ConvolutionCase(g, 2, 2, 0, 0, true, true, true), kind);
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
    var example = new ConvolutionCase(geometry, 1 << logNodes, 1, spare, spare, view, biased, add);
    ConvolutionTwins.check(ConvolutionAlgorithm.DIRECT, example, kind, List.of(workers));
  }

  private static void check(ConvolutionCase example, Kind kind) {
    ConvolutionTwins.check(ConvolutionAlgorithm.DIRECT, example, kind);
  }
}
