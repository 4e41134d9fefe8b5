package dev.convoy.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.nn.GraphNode;
import dev.convoy.nn.Network;
import dev.convoy.nn.Parameter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The figures that the paper of 1998 gives of LeNet-5 (section II.B), and those of today's form.
 */
class LeNet5FiguresTest {
  private static final Network CLASSIC = Zoo.named("lenet5").classes(10).build();
  private static final Network MODERN = Zoo.named("lenet5-modern").classes(10).build();

  @Test
  void thePapersTotals() {
    assertEquals(60_000, CLASSIC.trainable());
    assertEquals(340_908, CLASSIC.connections());
    assertEquals("32x32x1", CLASSIC.input().toString());
    assertEquals(10, CLASSIC.classes());
    assertEquals("rbf", Zoo.named("lenet5").loss());
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          C1,     28x28x6,    156, 122304
          S2,     14x14x6,     12,   5880
          C3,     10x10x16,  1516, 151600
          S4,     5x5x16,      32,   2000
          C5,     120,      48120,  48120
          F6,     84,       10164,  10164
          output, 10,           0,    840
          """)
  void thePapersLayers(String name, String shape, long trainable, long connections) {
    GraphNode node = node(CLASSIC, name);
    assertEquals(shape, node.output().toString());
    assertEquals(trainable, node.trainable());
    assertEquals(connections, node.connections());
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          conv1, 28x28x6,    156, 117600
          pool1, 14x14x6,      0,      0
          conv2, 10x10x16,  2416, 240000
          pool2, 5x5x16,       0,      0
          fc1,   120,      48120,  48000
          fc2,   84,       10164,  10080
          fc3,   10,         850,    840
          """)
  void todaysLayers(String name, String shape, long trainable, long multiplyAdds) {
    GraphNode node = node(MODERN, name);
    assertEquals(shape, node.output().toString());
    assertEquals(trainable, node.trainable());
    assertEquals(multiplyAdds, node.multiplyAdds());
  }

  @Test
  void todaysTotals() {
    assertEquals(61_706, MODERN.trainable());
    assertEquals(416_520, MODERN.multiplyAdds());
    assertEquals("softmax-cross-entropy", Zoo.named("lenet5-modern").loss());
    assertEquals(
        List.of(
            "conv1.weight",
            "conv1.bias",
            "conv2.weight",
            "conv2.bias",
            "fc1.weight",
            "fc1.bias",
            "fc2.weight",
            "fc2.bias",
            "fc3.weight",
            "fc3.bias"),
        MODERN.parameters().stream().map(Parameter::name).toList());
  }

  /** Table I: columns are maps of C3, the digits those maps of S2 that each sees. */
  @Test
  void mapsOfC3SeeTheMapsOfTableOne() {
    List<String> seen =
        List.of(
            "012", "123", "234", "345", "045", "015", "0123", "1234", "2345", "0345", "0145",
            "0125", "0134", "1245", "0235", "012345");
    float[] weights = parameter(CLASSIC, "C3.weight").unpack(CLASSIC.initialWeights(1));
    for (int map = 0; map < 16; map++) {
      StringBuilder joined = new StringBuilder();
      for (int from = 0; from < 6; from++) {
        int zeros = 0;
        for (int k = 0; k < 25; k++) {
          zeros += weights[(map * 6 + from) * 25 + k] == 0 ? 1 : 0;
        }
        joined.append(zeros == 25 ? "" : from);
      }
      assertEquals(seen.get(map), joined.toString(), "map " + map);
    }
  }

  @Test
  void codesAreTenDifferentBitmapsOfPlusAndMinusOne() {
    float[][] codes = DigitCodes.codes();
    Set<String> different = new HashSet<>();
    for (float[] code : codes) {
      assertEquals(84, code.length);
      StringBuilder pixels = new StringBuilder();
      for (float value : code) {
        assertEquals(1f, Math.abs(value));
        pixels.append(value > 0 ? '#' : '.');
      }
      different.add(pixels.toString());
    }
    assertEquals(10, different.size());
  }

  @Test
  void onlyTheModernNetworkTakesAnyNumberOfClasses() {
    assertEquals(61_706 + 90 * 85, Zoo.named("lenet5-modern").classes(100).build().trainable());
    var refusal =
        assertThrows(
            IllegalArgumentException.class, () -> Zoo.named("lenet5").classes(100).build());
    assertEquals(
        "lenet5 has a code for each of the ten digits, so network.classes is 10, not 100;"
            + " lenet5-modern takes any number",
        refusal.getMessage());
  }

  @Test
  void anUnknownNetworkIsRefusedWithTheNamesThatExist() {
    var refusal =
        assertThrows(IllegalArgumentException.class, () -> Zoo.named("lenet6").classes(10).build());
    assertEquals(
        "the network lenet6 is unknown; allowed are " + String.join(", ", Zoo.names()),
        refusal.getMessage());
  }

  private static GraphNode node(Network network, String name) {
    return network.nodes().stream().filter(n -> n.name().equals(name)).findFirst().orElseThrow();
  }

  private static Parameter parameter(Network network, String name) {
    return network.parameters().stream()
        .filter(p -> p.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
