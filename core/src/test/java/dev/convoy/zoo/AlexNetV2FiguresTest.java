package dev.convoy.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.nn.GraphNode;
import dev.convoy.nn.Network;
import dev.convoy.nn.Parameter;
import dev.convoy.nn.Window;
import dev.convoy.tensor.Shape;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Krizhevsky 2014, as torchvision has it. */
class AlexNetV2FiguresTest {
  private static final Network NETWORK = Zoo.named("alexnet-v2").build();

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          features.0,   55x55x64,     23296,  70276800
          features.2,   27x27x64,         0,         0
          features.3,   27x27x192,   307392, 223948800
          features.5,   13x13x192,        0,         0
          features.6,   13x13x384,   663936, 112140288
          features.8,   13x13x256,   884992, 149520384
          features.10,  13x13x256,   590080,  99680256
          features.12,  6x6x256,          0,         0
          classifier.0, 6x6x256,          0,         0
          classifier.1, 4096,      37752832,  37748736
          classifier.3, 4096,             0,         0
          classifier.4, 4096,      16781312,  16777216
          classifier.6, 1000,       4097000,   4096000
          """)
  void layers(String name, String shape, long parameters, long multiplyAdds) {
    GraphNode node = Nodes.of("alexnet-v2", name);
    assertEquals(shape, node.output().toString());
    assertEquals(parameters, node.trainable());
    assertEquals(multiplyAdds, node.multiplyAdds());
  }

  @Test
  void tensorsHaveTorchvisionsNames() {
    assertEquals(
        Stream.of(
                "features.0",
                "features.3",
                "features.6",
                "features.8",
                "features.10",
                "classifier.1",
                "classifier.4",
                "classifier.6")
            .flatMap(layer -> Stream.of(layer + ".weight", layer + ".bias"))
            .toList(),
        NETWORK.parameters().stream().map(Parameter::name).toList());
  }

  @Test
  void windows() {
    assertEquals(
        List.of(
            new Window(11, 11, 4, 2),
            new Window(3, 3, 2, 0),
            new Window(5, 5, 1, 2),
            new Window(3, 3, 2, 0),
            new Window(3, 3, 1, 1),
            new Window(3, 3, 1, 1),
            new Window(3, 3, 1, 1),
            new Window(3, 3, 2, 0)),
        NETWORK.nodes().stream().flatMap(node -> node.layer().window().stream()).toList());
  }

  @Test
  void nothingIsNormalized() {
    assertTrue(NETWORK.nodes().stream().noneMatch(n -> n.layer().kind().contains("normalization")));
  }

  @Test
  void imagesOf63AreTheSmallest() {
    Network smallest = Zoo.named("alexnet-v2").input(new Shape(63, 63, 3)).build();
    assertEquals("63x63x3", smallest.input().toString());
    ZooNetwork tooSmall = Zoo.named("alexnet-v2").input(new Shape(62, 62, 3));
    String message = assertThrows(IllegalArgumentException.class, tooSmall::build).getMessage();
    assertTrue(message.startsWith("alexnet-v2, layer features.12: "), message);
  }
}
