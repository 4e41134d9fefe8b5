package dev.convoy.nn;

import dev.convoy.tensor.Shape;
import dev.convoy.testing.Floats;
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
  @CsvSource({
    "4, 4, 3, 2, 2, 0, false",
    "7, 5, 2, 3, 2, 0, false",
    "5, 5, 17, 2, 1, 0, false",
    "5, 5, 2, 1, 3, 0, false",
    "8, 7, 3, 3, 2, 1, false",
    "6, 8, 3, 3, 2, 0, true",
    "5, 5, 2, 3, 1, 1, true"
  })
  void maxPooling(
      int height, int width, int channels, int size, int stride, int padding, boolean ceil) {
    Shape input = new Shape(height, width, channels);
    MaxPooling layer = new MaxPooling(size, stride, padding, ceil);
    check(input, layer, DoubleLayer.maxPooling(input, layer));
  }

  @ParameterizedTest
  @CsvSource({"4, 4, 3, 2, 2", "8, 5, 17, 5, 3", "5, 6, 2, 3, 2"})
  void averagePooling(int height, int width, int channels, int size, int stride) {
    Shape input = new Shape(height, width, channels);
    check(input, new AveragePooling(size, stride), DoubleLayer.averagePooling(input, size, stride));
  }

  @Test
  void globalAveragePooling() {
    Shape input = new Shape(3, 5, 18);
    check(input, new GlobalAveragePooling(), DoubleLayer.globalAveragePooling(input));
  }

  @Test
  void localResponseNormalization() {
    Shape input = new Shape(2, 3, 19);
    check(
        input,
        new LocalResponseNormalization(5, 2f, 0.5f, 0.75f, false),
        DoubleLayer.responseNormalization(input, 5, 2, 0.5));
    check(
        input,
        new LocalResponseNormalization(5, 1f, 2f, 0.75f, true),
        DoubleLayer.responseNormalization(input, 5, 1, 0.4));
    check(
        input,
        new LocalResponseNormalization(3, 1f, 0.5f, 0.75f, false),
        DoubleLayer.responseNormalization(input, 3, 1, 0.5));
  }

  @ParameterizedTest
  @CsvSource({"4, 4, 3, 2, 6", "5, 7, 16, 2, 32", "3, 3, 2, 1, 20"})
  void channelPaddingShortcut(int height, int width, int channels, int stride, int outputs) {
    Shape input = new Shape(height, width, channels);
    check(
        input,
        new ChannelPaddingShortcut(stride, outputs),
        DoubleLayer.channelPaddingShortcut(input, stride, outputs));
  }

  @ParameterizedTest
  @CsvSource({"4, 4, 3, 2", "5, 7, 2, 2", "6, 3, 17, 3"})
  void subsampling(int height, int width, int channels, int size) {
    Shape input = new Shape(height, width, channels);
    check(input, new Subsampling(size), DoubleLayer.subsampling(input, size));
  }

  @ParameterizedTest
  @CsvSource({"4, 5, 3, 1e-5", "1, 1, 17, 1e-3", "9, 2, 2, 1e-5"})
  void batchNormalization(int height, int width, int channels, float epsilon) {
    Shape input = new Shape(height, width, channels);
    for (boolean relu : new boolean[] {false, true}) {
      Layer layer = new BatchNormalization(relu).epsilon(epsilon);
      check(input, layer, DoubleBatchLayer.batchNormalization(input, epsilon, 0, relu));
      checkWithShortcut(input, layer, DoubleBatchLayer.batchNormalization(input, epsilon, 2, relu));
    }
  }

  @ParameterizedTest
  @CsvSource({"4, 5, 3", "1, 1, 17"})
  void addition(int height, int width, int channels) {
    Shape input = new Shape(height, width, channels);
    DoubleLayer sum = DoubleLayer.elementwise(x -> 3 * x);
    DoubleLayer relu = DoubleLayer.elementwise(x -> Math.max(3 * x, 0));
    checkWithShortcut(input, new Addition(false), sum);
    checkWithShortcut(input, new Addition(true), relu);
  }

  @Test
  void relu() {
    check(new Shape(3, 4, 5), ActivationLayer.RELU, DoubleLayer.elementwise(x -> x > 0 ? x : 0));
  }

  @Test
  void scaledTanh() {
    check(
        new Shape(3, 4, 5),
        ActivationLayer.SCALED_TANH,
        DoubleLayer.elementwise(x -> 1.7159 * StrictMath.tanh(2 * x / 3)));
  }

  @Test
  void radialBasis() {
    float[][] codes = {Floats.random(8, 7), Floats.random(9, 7), Floats.random(10, 7)};
    check(Shape.vector(7), new RadialBasis(codes), DoubleLayer.radialBasis(codes));
  }

  /** The layer's first input is the image, its second twice the image. */
  private static void checkWithShortcut(Shape input, Layer layer, DoubleBatchLayer formula) {
    NetworkBuilder net = Network.of(layer.kind() + ", shortcut", input);
    Value copy = net.add("copy", new Sum(), net.input());
    Value twice = net.add("twice", new Sum(), net.input(), copy);
    net.add("layer", layer, copy, twice);
    Network network = net.build();
    new LayerCheck(network, formula).run();
  }

  /** Behind a copy, as in the middle of a network, and first, if it can be first. */
  private static void check(Shape input, Layer layer, DoubleBatchLayer formula) {
    Network inside =
        Network.of(layer.kind(), input).add("copy", new Sum()).add("layer", layer).build();
    new LayerCheck(inside, formula).run();
    if (layer instanceof Convolution || layer instanceof RadialBasis) {
      Network first = Network.of("first, " + layer.kind(), input).add("layer", layer).build();
      new LayerCheck(first, formula).run();
    }
  }
}
