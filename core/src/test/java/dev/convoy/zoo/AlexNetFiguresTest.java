package dev.convoy.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.nn.GraphNode;
import dev.convoy.nn.Window;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Krizhevsky et al. 2012, section 3.5. */
class AlexNetFiguresTest {
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          features.0,   55x55x96,     34944, 105415200
          pool1,        27x27x96,         0,         0
          features.4,   27x27x256,   307456, 223948800
          pool2,        13x13x256,        0,         0
          features.8,   13x13x384,   885120, 149520384
          features.10,  13x13x384,   663936, 112140288
          features.12,  13x13x256,   442624,  74760192
          pool5,        6x6x256,          0,         0
          classifier.1, 4096,      37752832,  37748736
          classifier.4, 4096,      16781312,  16777216
          classifier.6, 1000,       4097000,   4096000
          """)
  void layers(String name, String shape, long parameters, long multiplyAdds) {
    for (String network : List.of("alexnet", "caffenet")) {
      GraphNode node = Nodes.of(network, name);
      assertEquals(shape, node.output().toString());
      assertEquals(parameters, node.trainable());
      assertEquals(multiplyAdds, node.multiplyAdds());
    }
  }

  @Test
  void windows() {
    assertEquals(
        new Window(11, 11, 4, 0), Nodes.of("alexnet", "features.0").layer().window().get());
    assertEquals(new Window(5, 5, 1, 2), Nodes.of("alexnet", "features.4").layer().window().get());
  }

  @Test
  void thePaperNormalizesBeforeItPoolsAndCaffeAfter() {
    assertEquals("55x55x96", Nodes.of("alexnet", "norm1").output().toString());
    assertEquals("27x27x96", Nodes.of("caffenet", "norm1").output().toString());
    assertEquals("27x27x256", Nodes.of("alexnet", "norm2").output().toString());
    assertEquals("13x13x256", Nodes.of("caffenet", "norm2").output().toString());
  }
}
