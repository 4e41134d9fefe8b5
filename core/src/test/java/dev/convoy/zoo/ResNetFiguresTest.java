package dev.convoy.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.nn.GraphNode;
import dev.convoy.nn.Network;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** He et al. 2015, table 1 and section 4.2. */
class ResNetFiguresTest {
  /** The number of layers in the name counts those with weights, but not projections. */
  @ParameterizedTest
  @CsvSource({
    "resnet18, 18",
    "resnet34, 34",
    "resnet50, 50",
    "resnet101, 101",
    "resnet152, 152",
    "resnet50-v1, 50",
    "plain18, 18",
    "plain34, 34",
    "cifar-resnet20, 20",
    "cifar-resnet110, 110",
    "cifar-plain56, 56"
  })
  void layers(String name, long layers) {
    Network network = Zoo.named(name).build();
    assertEquals(
        layers,
        network.nodes().stream()
            .filter(node -> node.multiplyAdds() > 0 && !node.name().contains("downsample"))
            .count());
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          resnet18, conv1,               112x112x64,    9408
          resnet18, maxpool,             56x56x64,         0
          resnet18, layer1.1.bn2,        56x56x64,       128
          resnet18, layer2.0.conv1,      28x28x128,    73728
          resnet18, layer2.0.bn2,        28x28x128,      256
          resnet18, layer4.1.bn2,        7x7x512,       1024
          resnet18, avgpool,             512,              0
          resnet50, layer1.0.bn3,        56x56x256,      512
          resnet50, layer2.0.conv1,      56x56x128,    32768
          resnet50, layer2.0.conv2,      28x28x128,   147456
          resnet50, layer2.0.downsample.0, 28x28x512, 131072
          resnet50, layer4.2.bn3,        7x7x2048,      4096
          resnet50, fc,                  1000,       2049000
          resnet50-v1, layer2.0.conv1,   28x28x128,    32768
          cifar-resnet20, layer1.2.bn2,  32x32x16,        32
          cifar-resnet20, layer2.0.shortcut, 16x16x32,     0
          cifar-resnet20, layer3.2.bn2,  8x8x64,         128
          cifar-resnet20, fc,            10,             650
          """)
  void shapes(String network, String name, String shape, long parameters) {
    GraphNode node = Nodes.of(network, name);
    assertEquals(shape, node.output().toString());
    assertEquals(parameters, node.trainable());
  }

  @Test
  void onlyShortcutsTellAResNetFromAPlainNetwork() {
    GraphNode plain = Nodes.of("plain34", "layer2.0.bn2");
    GraphNode residual = Nodes.of("resnet34", "layer2.0.bn2");
    assertEquals(1, plain.inputs().size());
    assertEquals(2, residual.inputs().size());
    assertEquals(plain.output(), residual.output());
  }
}
