package dev.convoy.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.tensor.Shape;
import dev.convoy.zoo.Zoo;
import org.junit.jupiter.api.Test;

/** How the weights and biases of a layer begin. */
class InitializationTest {
  @Test
  void heHasAVarianceOfTwoOverTheInputs() {
    assertEquals(2.0 / 50, variance(Initialization.he().weights(50)), 1e-3);
    assertEquals(0f, Initialization.he().biases(50).value(1, 3));
  }

  @Test
  void normalHasTheDeviationThatIsAskedFor() {
    assertEquals(1e-4, variance(Initialization.normal(0.01).weights(7)), 3e-6);
    assertEquals(0f, Initialization.normal(0.01).biases(7).value(1, 3));
  }

  @Test
  void torchIsUniformInWeightsAndBiases() {
    assertEquals(1.0 / 3 / 16, variance(Initialization.torch().weights(16)), 1e-3);
    assertEquals(1.0 / 3 / 16, variance(Initialization.torch().biases(16)), 1e-3);
  }

  @Test
  void xavierKeepsTheVarianceOfItsInputs() {
    assertEquals(1.0 / 16, variance(Initialization.xavier().weights(16)), 1e-3);
    assertEquals(0f, Initialization.xavier().biases(16).value(1, 3));
  }

  /** Caffe's model of Szegedy et al. 2014. */
  @Test
  void googLeNetBeginsWithXaviersWeights() {
    Network network = Zoo.named("googlenet").classes(1000).build();
    float[] weights = network.initialWeights(1);
    assertEquals(
        1.0 / 480, variance(values(network, "inception4a.branch1.conv.weight", weights)), 2e-5);
    assertAll(0.2f, values(network, "inception4a.branch1.conv.bias", weights));
    assertAll(0f, values(network, "fc.bias", weights));
  }

  /** Goyal et al. 2017, section 5.1. */
  @Test
  void residualBlocksMayBeginAsTheirShortcuts() {
    Network network = Zoo.named("resnet50").classes(1000).build().zeroInitResidual();
    float[] weights = network.initialWeights(1);
    assertAll(0f, values(network, "layer1.0.bn3.weight", weights));
    assertAll(1f, values(network, "layer1.0.bn2.weight", weights));
    assertAll(1f, values(network, "layer1.0.downsample.1.weight", weights));
  }

  @Test
  void biasesMayBeginWithAValueOfTheirOwn() {
    Initialization ones = Initialization.he().withBiases(1f);
    assertEquals(1f, ones.biases(9).value(1, 3));
    assertEquals(Initialization.he().weights(9).value(5, 3), ones.weights(9).value(5, 3));
  }

  @Test
  void layersBeginAsTheyAreTold() {
    Network network =
        Network.of("two", new Shape(5, 5, 2))
            .add("conv", Convolution.of(40, 3, Initialization.he().withBiases(1f)))
            .add("fc", new FullyConnected(50, Initialization.he().withBiases(2f)))
            .build();
    float[] weights = network.initialWeights(1);
    assertEquals(2.0 / 18, variance(values(network, "conv.weight", weights)), 0.02);
    assertEquals(2.0 / 360, variance(values(network, "fc.weight", weights)), 2e-4);
    assertAll(1f, values(network, "conv.bias", weights));
    assertAll(2f, values(network, "fc.bias", weights));
  }

  /** He et al. 2015: He's weights; batch normalization begins as the identity. */
  @Test
  void residualNetworksBeginAsTheirPaperSays() {
    Network network = Zoo.named("cifar-resnet20").classes(10).build();
    float[] weights = network.initialWeights(1);
    assertEquals(2.0 / (64 * 9), variance(values(network, "layer3.1.conv2.weight", weights)), 1e-4);
    assertAll(1f, values(network, "layer3.1.bn2.weight", weights));
    assertAll(0f, values(network, "layer3.1.bn2.bias", weights));
    assertAll(1f, values(network, "layer3.1.bn2.running_var", weights));
  }

  /** Krizhevsky et al. 2012, section 5. */
  @Test
  void alexNetBeginsAsItsPaperSays() {
    Network network = Zoo.named("alexnet").classes(1000).build();
    float[] weights = network.initialWeights(1);
    assertEquals(1e-4, variance(values(network, "features.4.weight", weights)), 2e-6);
    assertAll(0f, values(network, "features.0.bias", weights));
    assertAll(1f, values(network, "features.4.bias", weights));
    assertAll(0f, values(network, "features.8.bias", weights));
    assertAll(1f, values(network, "classifier.4.bias", weights));
    assertAll(0f, values(network, "classifier.6.bias", weights));
  }

  /** torchvision leaves them as torch makes them. */
  @Test
  void theAlexNetOf2014BeginsAsInTorchvision() {
    Network network = Zoo.named("alexnet-v2").classes(10).build();
    float[] weights = network.initialWeights(1);
    assertEquals(1.0 / 3 / 363, variance(values(network, "features.0.weight", weights)), 2e-5);
    assertEquals(1.0 / 3 / 1600, variance(values(network, "features.3.weight", weights)), 2e-6);
    assertEquals(1.0 / 3 / 1600, variance(values(network, "features.3.bias", weights)), 5e-5);
    assertEquals(1.0 / 3 / 4096, variance(values(network, "classifier.6.weight", weights)), 2e-6);
  }

  private static void assertAll(float expected, float[] values) {
    for (float value : values) {
      assertEquals(expected, value);
    }
  }

  private static float[] values(Network network, String name, float[] weights) {
    return network.parameters().stream()
        .filter(parameter -> parameter.name().equals(name))
        .findFirst()
        .orElseThrow()
        .unpack(weights);
  }

  private static double variance(Initializer initializer) {
    float[] values = new float[100_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = initializer.value(99, i);
    }
    return variance(values);
  }

  private static double variance(float[] values) {
    double squares = 0;
    for (float value : values) {
      squares += (double) value * value;
    }
    return squares / values.length;
  }
}
