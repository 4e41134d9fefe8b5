package dev.convoy.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.tensor.Shape;
import dev.convoy.zoo.Zoo;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** First weights: within their range, spread over it, and a function of seed and name alone. */
class InitializerTest {
  @Test
  void aConstantIsTheSameForEveryElement() {
    assertEquals(0.25f, Initializer.constant(0.25f).value(1, 2));
  }

  @Test
  void uniformStaysWithinItsBoundAndFillsIt() {
    Initializer uniform = Initializer.uniform(0.1);
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < 100_000; i++) {
      float value = uniform.value(99, i);
      assertTrue(value >= -0.1f && value < 0.1f);
      sum += value;
      squares += value * value;
    }
    assertEquals(0, sum / 100_000, 5e-4);
    assertEquals(0.01 / 3, squares / 100_000, 5e-5);
  }

  /** Torch's first layers: within 1 / sqrt of the number of inputs. */
  @Test
  void theModernNetworkBeginsInTorchsRanges() {
    Network network = Zoo.named("lenet5-modern").classes(10).build();
    Map.of("conv1", 25, "conv2", 150, "fc1", 400, "fc2", 120, "fc3", 84)
        .forEach((layer, inputs) -> inRange(network, layer, 1 / Math.sqrt(inputs)));
  }

  /** The paper's appendix A: within 2.4 / F. */
  @Test
  void theClassicNetworkBeginsInThePapersRanges() {
    Network network = Zoo.named("lenet5").classes(10).build();
    inRange(network, "C1", 2.4 / 25);
    inRange(network, "C5", 2.4 / 400);
    inRange(network, "F6", 2.4 / 120);
    // A map of C3 that sees three maps has 75 inputs, the one that sees all has 150.
    inRange(network, "C3", 2.4 / 75);
    float[] c3 = find(network, "C3.weight").unpack(network.initialWeights(5));
    for (int i = 15 * 150; i < 16 * 150; i++) {
      assertTrue(Math.abs(c3[i]) <= 2.4 / 150);
    }
  }

  private static void inRange(Network network, String layer, double bound) {
    float[] weights = network.initialWeights(5);
    double largest = 0;
    for (String name : List.of(layer + ".weight", layer + ".bias")) {
      for (float value : find(network, name).unpack(weights)) {
        largest = Math.max(largest, Math.abs(value));
      }
    }
    assertTrue(largest <= (float) bound, layer + " reaches " + largest);
    assertTrue(largest > 0.9 * bound, layer + " reaches only " + largest);
  }

  private static Parameter find(Network network, String name) {
    return network.parameters().stream()
        .filter(parameter -> parameter.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void firstWeightsAreAFunctionOfTheSeed() {
    Network network = Zoo.named("lenet5-modern").classes(10).build();
    assertArrayEquals(network.initialWeights(7), network.initialWeights(7));
    assertTrue(network.initialWeights(7)[0] != network.initialWeights(8)[0]);
  }

  @Test
  void layersOfOneShapeBeginWithDifferentWeights() {
    Network network =
        Network.of("net", Shape.vector(4))
            .add("a", new FullyConnected(4, inputs -> Initializer.uniform(1)))
            .add("b", new FullyConnected(4, inputs -> Initializer.uniform(1)))
            .build();
    float[] weights = network.initialWeights(1);
    assertTrue(
        find(network, "a.weight").unpack(weights)[0]
            != find(network, "b.weight").unpack(weights)[0]);
  }
}
