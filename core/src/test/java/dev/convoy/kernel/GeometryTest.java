package dev.convoy.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Output shapes as the papers give them, and geometries that cannot be. */
class GeometryTest {
  @ParameterizedTest
  @CsvSource({
    "32, 5, 1, 0, 28",
    "227, 11, 4, 0, 55",
    "27, 5, 1, 2, 27",
    "224, 7, 2, 3, 112",
    "224, 3, 1, 1, 224",
    "56, 1, 2, 0, 28"
  })
  void convolutionsHaveThePapersOutputs(int side, int kernel, int stride, int padding, int output) {
    var geometry =
        new ConvolutionGeometry(new Shape(side, side, 3), 3, 8, kernel, kernel, stride, padding);
    assertEquals(new Shape(output, output, 8), geometry.output());
    assertEquals(kernel * kernel * 3, geometry.taps());
    assertEquals(kernel * kernel * 3 * 16, geometry.filterLength());
  }

  @ParameterizedTest
  @CsvSource({"28, 2, 2, 14", "55, 3, 2, 27", "13, 3, 2, 6", "5, 2, 2, 2"})
  void poolingHasThePapersOutputs(int side, int window, int stride, int output) {
    var geometry = new PoolingGeometry(new Shape(side, side, 6), window, stride);
    assertEquals(new Shape(output, output, 6), geometry.output());
  }

  @Test
  void impossibleGeometriesAreRefusedInASentence() {
    Shape input = new Shape(4, 4, 3);
    refused(
        "a 5x5 kernel is larger than its input 4x4x3 with padding 0",
        () -> new ConvolutionGeometry(input, 3, 8, 5, 5, 1, 0));
    refused(
        "pixels of 3 channels do not fit a stride of 2",
        () -> new ConvolutionGeometry(input, 2, 8, 3, 3, 1, 0));
    refused(
        "a convolution with 8 outputs, a 3x3 kernel, stride 0 and padding 0 is impossible",
        () -> new ConvolutionGeometry(input, 3, 8, 3, 3, 0, 0));
    refused(
        "a pooling window of 5 is larger than its input 4x4x3",
        () -> new PoolingGeometry(input, 5, 1));
    refused(
        "pooling with a window of 2 and a stride of 0 is impossible",
        () -> new PoolingGeometry(input, 2, 0));
  }

  private static void refused(String sentence, Runnable geometry) {
    var refusal = assertThrows(IllegalArgumentException.class, geometry::run);
    assertEquals(sentence, refusal.getMessage());
  }
}
