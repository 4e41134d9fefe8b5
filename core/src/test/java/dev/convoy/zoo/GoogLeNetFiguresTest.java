package dev.convoy.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.nn.Convolution;
import dev.convoy.nn.Dropout;
import dev.convoy.nn.FullyConnected;
import dev.convoy.nn.GraphNode;
import dev.convoy.nn.Initialization;
import dev.convoy.nn.Layer;
import dev.convoy.nn.Network;
import dev.convoy.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Szegedy et al. 2014, table 1. */
class GoogLeNetFiguresTest {
  @ParameterizedTest
  @CsvSource({
    "maxpool1, 56x56x64",
    "maxpool2, 28x28x192",
    "inception3a, 28x28x256",
    "inception3b, 28x28x480",
    "maxpool3, 14x14x480",
    "inception4a, 14x14x512",
    "inception4b, 14x14x512",
    "inception4c, 14x14x512",
    "inception4d, 14x14x528",
    "inception4e, 14x14x832",
    "maxpool4, 7x7x832",
    "inception5a, 7x7x832",
    "inception5b, 7x7x1024",
    "avgpool, 1024",
    "fc, 1000",
    "aux1.avgpool, 4x4x512",
    "aux2.avgpool, 4x4x528",
    "aux2.fc2, 1000"
  })
  void shapes(String name, String shape) {
    assertEquals(shape, Nodes.of("googlenet", name).output().toString());
    assertEquals(shape, Nodes.of("googlenet-bn", name).output().toString());
  }

  @Test
  void withoutTheAuxiliaryClassifiersItHasSevenMillionParameters() {
    Network network = Zoo.named("googlenet").classes(1000).build();
    assertEquals(6_998_552, network.parametersOfInference());
    assertEquals(1_582_671_872, network.multiplyAddsOfInference());
  }

  @Test
  void theReductionOf4aCostsLittle() {
    assertEquals(
        14 * 14 * 16 * 480, Nodes.of("googlenet", "inception4a.branch3.0.conv").multiplyAdds());
  }

  /** The filters of 5x5 over the 480 maps of 4a, in its figures 2a and 2b. */
  @Test
  void aReductionSavesNineteenTwentieths() {
    Shape maps = new Shape(14, 14, 480);
    Layer reduction = Convolution.of(16, 1, Initialization.xavier());
    Layer filters = Convolution.of(48, 5, Initialization.xavier()).padding(2);
    assertEquals(112_896_000, filters.multiplyAdds(List.of(maps)));
    assertEquals(
        5_268_480,
        reduction.multiplyAdds(List.of(maps))
            + filters.multiplyAdds(List.of(reduction.output(List.of(maps)))));
  }

  /** 7x7x1024 maps to 1,024 values: 51.4 million weights, or none. */
  @Test
  void globalAveragePoolingSparesAMatrix() {
    Network matrix =
        Network.of("matrix", new Shape(7, 7, 1024))
            .add("fc", new FullyConnected(1024, Initialization.xavier()))
            .build();
    assertEquals(51_380_224, matrix.multiplyAdds());
    assertEquals(0, Nodes.of("googlenet", "avgpool").trainable());
  }

  /** Figure 2a gives all the maps that it pools, so the modules widen. */
  @ParameterizedTest
  @CsvSource({"3a, 28x28x416", "3b, 28x28x832", "4e, 14x14x3344", "5b, 7x7x4944"})
  void naiveModules(String name, String shape) {
    assertEquals(shape, Nodes.of("googlenet-naive", "inception" + name).output().toString());
  }

  @Test
  void withoutDropoutNothingElseChanges() {
    Network network = Zoo.named("googlenet").classes(10).build();
    Network certain = network.withoutDropout();
    assertEquals(heads(network), heads(certain));
    assertEquals(network.vectorLength(), certain.vectorLength());
    for (int i = 0; i < network.nodes().size(); i++) {
      GraphNode node = network.nodes().get(i);
      if (node.layer() instanceof Dropout dropout) {
        assertTrue(dropout.rate() > 0);
        assertEquals(new Dropout(0), certain.nodes().get(i).layer());
      } else {
        assertSame(node.layer(), certain.nodes().get(i).layer());
      }
      assertEquals(node.name(), certain.nodes().get(i).name());
    }
  }

  private static List<String> heads(Network network) {
    return network.auxiliaries().stream().map(Network.Head::toString).toList();
  }
}
