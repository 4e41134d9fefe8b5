package dev.convoy.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.nn.Convolution;
import dev.convoy.nn.GraphNode;
import dev.convoy.nn.Initialization;
import dev.convoy.nn.Network;
import dev.convoy.nn.NetworkBuilder;
import dev.convoy.nn.NetworkTable;
import dev.convoy.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Simonyan and Zisserman 2014, tables 1 and 2. */
class VggFiguresTest {
  @ParameterizedTest
  @CsvSource({
    "vgg-a, 11",
    "vgg-a-lrn, 11",
    "vgg-b, 13",
    "vgg-c, 16",
    "vgg-d, 16",
    "vgg-e, 19",
    "vgg16, 16",
    "vgg19, 19"
  })
  void weightLayers(String name, long layers) {
    assertEquals(
        layers, network(name).nodes().stream().filter(node -> node.trainable() > 0).count());
  }

  @ParameterizedTest
  @ValueSource(strings = {"vgg-a", "vgg-a-lrn", "vgg-b", "vgg-c", "vgg-d", "vgg-e"})
  void everyBlockHalvesTheSide(String name) {
    assertEquals(
        List.of("112x112x64", "56x56x128", "28x28x256", "14x14x512", "7x7x512"),
        network(name).nodes().stream()
            .filter(node -> node.layer().kind().startsWith("max pooling"))
            .map(node -> node.output().toString())
            .toList());
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          features.0,   224x224x64,       1792,   86704128
          features.2,   224x224x64,      36928, 1849688064
          features.5,   112x112x128,     73856,  924844032
          features.28,  14x14x512,     2359808,  462422016
          classifier.0, 4096,        102764544,  102760448
          classifier.6, 1000,          4097000,    4096000
          """)
  void layersOfVgg16(String name, String shape, long parameters, long multiplyAdds) {
    GraphNode node = Nodes.of("vgg16", name);
    assertEquals(shape, node.output().toString());
    assertEquals(parameters, node.trainable());
    assertEquals(multiplyAdds, node.multiplyAdds());
  }

  /** Section 2.3: weights for each pair of an input and an output map. */
  @Test
  void stacksOf3x3SeeAsMuchWithFewerWeights() {
    assertEquals(7, receptiveField(3, 3));
    assertEquals(27, weights(3, 3));
    assertEquals(49, weights(1, 7));
    assertEquals(5, receptiveField(2, 3));
    assertEquals(18, weights(2, 3));
    assertEquals(25, weights(1, 5));
  }

  private static Network stack(int convolutions, int kernel) {
    NetworkBuilder net = Network.of("stack", new Shape(32, 32, 1));
    for (int i = 0; i < convolutions; i++) {
      net.add("conv" + i, Convolution.of(1, kernel, Initialization.he()).withoutBias());
    }
    return net.build();
  }

  private static int receptiveField(int convolutions, int kernel) {
    var rows = NetworkTable.of(stack(convolutions, kernel)).rows();
    return rows.get(rows.size() - 1).receptiveField();
  }

  private static long weights(int convolutions, int kernel) {
    return stack(convolutions, kernel).trainable();
  }

  @Test
  void batchNormalizationKeepsTorchvisionsNumbers() {
    assertEquals(64, Nodes.of("vgg16-bn", "features.1").parameters().get(0).count());
    assertEquals(512, Nodes.of("vgg16-bn", "features.41").parameters().get(0).count());
    assertEquals("max pooling", Nodes.of("vgg16-bn", "features.43").layer().kind());
  }

  private static Network network(String name) {
    return Zoo.named(name).classes(1000).build();
  }
}
