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
    assertEquals(kernel * kernel * 3, geometry.fanIn());
    assertEquals(kernel * kernel * 3 * 16, geometry.filterLength());
  }

  @ParameterizedTest
  @CsvSource({
    "28, 2, 2, 0, false, 14",
    "55, 3, 2, 0, false, 27",
    "13, 3, 2, 0, false, 6",
    "5, 2, 2, 0, false, 2",
    "112, 3, 2, 1, false, 56",
    "112, 3, 2, 0, true, 56",
    "14, 3, 2, 0, true, 7",
    "14, 3, 1, 1, true, 14",
    "14, 5, 3, 0, false, 4",
    "5, 2, 2, 1, true, 3",
    "8, 1, 4, 0, true, 2"
  })
  void poolingHasThePapersOutputs(
      int side, int window, int stride, int padding, boolean ceil, int output) {
    Shape input = new Shape(side, side, 6);
    var geometry = new PoolingGeometry(input, window, window, stride, padding, ceil);
    assertEquals(new Shape(output, output, 6), geometry.output());
  }

  @Test
  void placesOutsideOfTheInputAreNoPixels() {
    var geometry = new PoolingGeometry(new Shape(4, 4, 1), 3, 3, 2, 1, false);
    assertEquals(-1, geometry.inputPixel(0, 0));
    assertEquals(-1, geometry.inputPixel(0, 3));
    assertEquals(0, geometry.inputPixel(0, 4));
    assertEquals(16 + 5, geometry.inputPixel(4, 8));
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
        "a pooling window of 5x5 is larger than its input 4x4x3 with padding 0",
        () -> new PoolingGeometry(input, 5, 1));
    refused(
        "pooling with a window of 2x2, a stride of 0 and a padding of 0 is impossible",
        () -> new PoolingGeometry(input, 2, 0));
    refused(
        "a padding of 2 is more than half a pooling window of 3x3",
        () -> new PoolingGeometry(input, 3, 3, 1, 2, false));
  }

  private static void refused(String sentence, Runnable geometry) {
    var refusal = assertThrows(IllegalArgumentException.class, geometry::run);
    assertEquals(sentence, refusal.getMessage());
  }
}
