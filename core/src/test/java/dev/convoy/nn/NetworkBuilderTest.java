package dev.convoy.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What a layer may read, and the sentences that tell what it may not. */
class NetworkBuilderTest {
  private static final Shape INPUT = new Shape(4, 4, 16);
  private static final Layer CONVOLUTION = Convolution.of(16, 3, Initialization.he()).padding(1);

  @Test
  void aChainAndAGraphOfTheSameLayersAreTheSameNetwork() {
    Network chain = Network.of("net", INPUT).add("a", CONVOLUTION).add("b", CONVOLUTION).build();
    NetworkBuilder graph = Network.of("net", INPUT);
    Value x = graph.add("a", CONVOLUTION, graph.input());
    assertSame(x, graph.last());
    assertEquals("a 4x4x16", x.toString());
    Network built = graph.build(graph.add("b", CONVOLUTION, x));
    assertEquals(names(chain), names(built));
    assertEquals(List.of(1), built.nodes().get(1).inputIndices());
    assertEquals(chain.vectorLength(), built.vectorLength());
  }

  private static List<String> names(Network network) {
    return network.parameters().stream().map(Parameter::name).toList();
  }

  @Test
  void aValueOfAnotherNetworkIsRefused() {
    Value foreign = Network.of("other", INPUT).add("a", CONVOLUTION).last();
    NetworkBuilder graph = Network.of("net", INPUT).add("a", CONVOLUTION);
    refused(
        "net, layer b: it reads a, a value of another network",
        () -> graph.add("b", CONVOLUTION, foreign));
  }

  @Test
  void twoLayersOfOneNameAreRefused() {
    NetworkBuilder graph = Network.of("net", INPUT).add("a", CONVOLUTION);
    refused("net, layer a: another layer has this name", () -> graph.add("a", CONVOLUTION));
  }

  @Test
  void logitsThatAreNotTheLastLayersAreRefused() {
    NetworkBuilder graph = Network.of("net", INPUT);
    Value a = graph.add("a", CONVOLUTION, graph.input());
    graph.add("b", CONVOLUTION, a);
    refused("net: the logits must be the output of the last layer, b, not a", () -> graph.build(a));
  }

  @Test
  void aNetworkWithoutLayersIsRefused() {
    refused("net has no layers", () -> Network.of("net", INPUT).build());
  }

  private static void refused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
