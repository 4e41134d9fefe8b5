package dev.convoy.kernel;

import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.Floats.Kind;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every implementation of a convolution by Winograd's tiles gives the scalar twin's bits. */
class WinogradContractTest {
  private static ConvolutionGeometry geometry(
      int height, int width, int channels, int outputs, int padding, int groups) {
    Shape input = new Shape(height, width, channels);
    return new ConvolutionGeometry(
        input, Layout.padded(channels), outputs, 3, 3, 1, padding, groups);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # height, width, channels, outputs, padding, groups, nodes, images of a node
           1,  1,  16,  16, 1, 1, 1, 1
           1, 20,  16,  24, 2, 1, 2, 1
          20,  1,  24,  16, 1, 1, 1, 3
           3,  3,  16,  40, 0, 1, 4, 1
           4,  4,  17,  16, 1, 1, 8, 1
           5,  6,  40,  33, 1, 1, 2, 3
           7,  7,  32,  48, 1, 1, 4, 2
           8,  9,  16,  16, 2, 1, 1, 1
          11, 10,  32,  64, 0, 2, 2, 1
          13, 13,  48,  96, 1, 3, 2, 2
          14, 14,  80,  32, 1, 1, 4, 1
          15, 17,  16,  16, 1, 1, 6, 1
          20, 19,  16, 112, 1, 1, 2, 1
          # more than one run of tiles in a row, and more than one chunk of a virtual node
           9, 70,  16,  16, 1, 1, 2, 1
          60, 60,  64,  64, 1, 1, 2, 1
          # more than one block of channels, and too many for workers to work alone
           6,  6, 144, 160, 1, 1, 4, 1
          # the same in groups, which blocks of channels do not divide (AlexNet's have 192)
           7,  7,  64, 384, 1, 2, 2, 1
          """)
  void givesTheBitsOfTheScalarTwin(
      int height,
      int width,
      int channels,
      int outputs,
      int padding,
      int groups,
      int nodes,
      int nodeImages) {
    ConvolutionGeometry g = geometry(height, width, channels, outputs, padding, groups);
    int whole = Integer.highestOneBit(nodes);
    check(new ConvolutionCase(g, whole, nodeImages, 0, 1, false, true, false), Kind.ORDINARY);
    check(new ConvolutionCase(g, whole, nodeImages, 1, 0, true, false, true), Kind.ORDINARY);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void givesTheBitsOfTheScalarTwinWithSpecialValues(Kind kind) {
    ConvolutionGeometry g = geometry(9, 10, 16, 17, 1, 1);
    check(new ConvolutionCase(g, 2, 1, 0, 1, false, true, false), kind);
    check(new ConvolutionCase(g, 2, 2, 0, 0, true, true, true), kind);
  }

  @Property(tries = 100)
  void givesTheBitsOfTheScalarTwinForAnyGeometry(
      @ForAll @IntRange(min = 1, max = 20) int height,
      @ForAll @IntRange(min = 1, max = 20) int width,
      @ForAll @IntRange(min = 16, max = 40) int channels,
      @ForAll @IntRange(min = 16, max = 40) int outputs,
      @ForAll @IntRange(min = 0, max = 2) int padding,
      @ForAll @IntRange(min = 0, max = 2) int logNodes,
      @ForAll @IntRange(min = 0, max = 2) int spare,
      @ForAll boolean view,
      @ForAll boolean biased,
      @ForAll boolean add) {
    int smallest = 3 - 2 * padding;
    ConvolutionGeometry g =
        geometry(
            Math.max(height, smallest), Math.max(width, smallest), channels, outputs, padding, 1);
    check(new ConvolutionCase(g, 1 << logNodes, 1, spare, spare, view, biased, add), Kind.ORDINARY);
  }

  private static void check(ConvolutionCase example, Kind kind) {
    ConvolutionTwins.check(ConvolutionAlgorithm.WINOGRAD, example, kind);
  }
}
