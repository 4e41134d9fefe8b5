package dev.convoy.nn;

import dev.convoy.kernel.Kernels;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.Floats;
import dev.convoy.testing.Implementations;
import dev.convoy.testing.Sum;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each layer's output and gradients against its formula and central differences. */
class LayerGradientTest {
  private static Initializer any(int inputs) {
    return Initializer.uniform(0.5);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # height, width, channels, outputs, kernel, stride, padding
          6, 6, 1,  2, 5, 1, 0
          5, 6, 3,  4, 3, 1, 1
          7, 6, 2, 17, 3, 2, 1
          4, 4, 5,  3, 1, 1, 0
          5, 4, 2,  3, 1, 2, 0
          6, 7, 3,  2, 5, 4, 2
          3, 3, 2,  2, 3, 1, 2
          5, 5, 2,  2, 2, 2, 1
          """)
  void convolution(
      int height, int width, int channels, int outputs, int kernel, int stride, int padding) {
    Shape input = new Shape(height, width, channels);
    check(
        input,
        Convolution.of(outputs, kernel, LayerGradientTest::any).stride(stride).padding(padding),
        DoubleLayer.convolution(input, outputs, kernel, stride, padding, null));
  }

  @Test
  void convolutionByATable() {
    Shape input = new Shape(4, 5, 3);
    String[] table = {"XX.X", ".XXX", "..X."};
    check(
        input,
        Convolution.of(ConnectionTable.of(table), 3, LayerGradientTest::any),
        DoubleLayer.convolution(input, 4, 3, 1, 0, table));
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 10, 4", "3, 2, 5, 7", "2, 4, 17, 3", "2, 2, 3, 20"})
  void fullyConnected(int height, int width, int channels, int outputs) {
    Shape input = new Shape(height, width, channels);
    check(
        input,
        new FullyConnected(outputs, LayerGradientTest::any),
        DoubleLayer.fullyConnected(outputs));
  }

  @ParameterizedTest
  @CsvSource({"4, 4, 3, 2, 2", "7, 5, 2, 3, 2", "5, 5, 17, 2, 1", "5, 5, 2, 1, 3"})
  void maxPooling(int height, int width, int channels, int size, int stride) {
    Shape input = new Shape(height, width, channels);
    check(input, new MaxPooling(size, stride), DoubleLayer.maxPooling(input, size, stride));
  }

  @ParameterizedTest
  @CsvSource({"4, 4, 3, 2", "5, 7, 2, 2", "6, 3, 17, 3"})
  void subsampling(int height, int width, int channels, int size) {
    Shape input = new Shape(height, width, channels);
    check(input, new Subsampling(size), DoubleLayer.subsampling(input, size));
  }

  @Test
  void rectifier() {
    check(new Shape(3, 4, 5), Elementwise.RELU, DoubleLayer.elementwise(x -> x > 0 ? x : 0));
  }

  @Test
  void scaledTanh() {
    check(
        new Shape(3, 4, 5),
        Elementwise.SCALED_TANH,
        DoubleLayer.elementwise(x -> 1.7159 * StrictMath.tanh(2 * x / 3)));
  }

  @Test
  void radialBasis() {
    float[][] codes = {Floats.random(8, 7), Floats.random(9, 7), Floats.random(10, 7)};
    check(Shape.vector(7), new RadialBasis(codes), DoubleLayer.radialBasis(codes));
  }

  /** Behind a copy, as in the middle of a network, and first, if it can be first. */
  private static void check(Shape input, Layer layer, DoubleLayer formula) {
    Network inside =
        Network.of(layer.kind(), input).add("copy", new Sum()).add("layer", layer).build();
    for (Kernels kernels : Implementations.all()) {
      new LayerCheck(inside, formula, kernels).run();
      if (layer instanceof Convolution || layer instanceof RadialBasis) {
        Network first = Network.of("first, " + layer.kind(), input).add("layer", layer).build();
        new LayerCheck(first, formula, kernels).run();
      }
    }
  }
}
