package dev.convoy.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.tensor.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A layer's geometry alone says how each pass is computed. */
class ConvolutionAlgorithmTest {
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # side, channels, pixel, outputs, kernel, stride, padding, groups, passes, weights
          224,   3,   3,  64, 3, 1, 1, 1, DIRECT,   DIRECT
          224,  64,  64,  64, 3, 1, 1, 1, WINOGRAD, WINOGRAD
           56,  64,  64, 128, 3, 2, 1, 1, DIRECT,   DIRECT
           56,  64,  64,  64, 1, 1, 0, 1, DIRECT,   DIRECT
           27,  96,  96, 256, 5, 1, 2, 2, DIRECT,   DIRECT
           13, 384, 384, 384, 3, 1, 1, 2, WINOGRAD, WINOGRAD
            8,  64,  64,  64, 3, 1, 1, 1, WINOGRAD, WINOGRAD
           14, 512, 512, 512, 3, 1, 1, 1, WINOGRAD, WINOGRAD
            7, 512, 512, 512, 3, 1, 1, 1, WINOGRAD, DIRECT
            5,  64,  64,  64, 3, 1, 1, 1, DIRECT,   DIRECT
           28,   8,  16,  64, 3, 1, 1, 1, DIRECT,   DIRECT
           28,  24,  24,  64, 3, 1, 1, 1, DIRECT,   DIRECT
           28,  24,  32,  64, 3, 1, 1, 1, WINOGRAD, WINOGRAD
           28,  64,  64,  64, 3, 1, 3, 1, DIRECT,   DIRECT
          """)
  void followsFromTheGeometry(
      int side,
      int channels,
      int pixel,
      int outputs,
      int kernel,
      int stride,
      int padding,
      int groups,
      ConvolutionAlgorithm passes,
      ConvolutionAlgorithm weights) {
    var input = new Shape(side, side, channels);
    var g = new ConvolutionGeometry(input, pixel, outputs, kernel, kernel, stride, padding, groups);
    assertEquals(passes, ConvolutionAlgorithm.of(g, true));
    assertEquals(weights, ConvolutionAlgorithm.ofWeightGradient(g, true));
    assertEquals(ConvolutionAlgorithm.DIRECT, ConvolutionAlgorithm.of(g, false));
    assertEquals(ConvolutionAlgorithm.DIRECT, ConvolutionAlgorithm.ofWeightGradient(g, false));
  }
}
