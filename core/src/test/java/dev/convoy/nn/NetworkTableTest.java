package dev.convoy.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.convoy.zoo.Zoo;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkTableTest {
  private final NetworkTable classic = NetworkTable.of(Zoo.named("lenet5").classes(10).build());
  private final NetworkTable modern =
      NetworkTable.of(Zoo.named("lenet5-modern").classes(10).build());

  @Test
  void lenet5HasTheFiguresOfThePaper() {
    assertEquals(60_000, classic.parameters());
    assertEquals(340_908, classic.connections());
    assertEquals(
        List.of(156L, 12L, 1_516L, 32L, 48_120L, 10_164L, 0L),
        classic.rows().stream().map(NetworkTable.Row::parameters).toList());
    // LeCun et al. 1998, section II.B, and the 10 x 84 of the output layer.
    assertEquals(
        List.of(122_304L, 5_880L, 151_600L, 2_000L, 48_120L, 10_164L, 840L),
        classic.rows().stream().map(NetworkTable.Row::connections).toList());
  }

  @Test
  void theModernFormHasItsOwn() {
    assertEquals(61_706, modern.parameters());
    assertEquals(117_600 + 240_000 + 48_000 + 10_080 + 840, modern.multiplyAdds());
  }

  @Test
  void anActivationFunctionIsPartOfTheLayerBeforeIt() {
    assertEquals(
        List.of("C1", "S2", "C3", "S4", "C5", "F6", "output"),
        classic.rows().stream().map(NetworkTable.Row::name).toList());
    assertEquals("subsampling, scaled tanh", classic.rows().get(1).kind());
    assertEquals("14x14x6", classic.rows().get(1).output().toString());
  }

  @Test
  void memoryIsWhatAForwardPassHolds() {
    long floats = 0;
    for (GraphNode node : Zoo.named("lenet5-modern").classes(10).build().nodes()) {
      if (!node.layer().inPlace()) {
        floats +=
            node.output().pixels()
                * (long) dev.convoy.tensor.Layout.padded(node.output().channels());
      }
    }
    assertEquals(4 * (32 * 32 + floats), modern.activationBytes());
  }

  @Test
  void joinedMapsAreCountedOnce() {
    assertEquals(0, row("googlenet", "inception3a").activationBytes());
  }

  /** Araujo, Norris and Sim 2019, table 1, and torchvision's stride in the 3x3. */
  @ParameterizedTest
  @CsvSource({
    "lenet5, S2, 6",
    "lenet5, C5, 32",
    "lenet5, F6, 32",
    "alexnet, pool5, 195",
    "alexnet-v2, features.12, 195",
    "vgg16, features.30, 212",
    "resnet50-v1, layer4.2.conv3, 483",
    "resnet50, layer4.2.conv3, 427",
    "googlenet, aux1.avgpool, 235"
  })
  void receptiveFields(String network, String layer, int side) {
    assertEquals(side, row(network, layer).receptiveField());
  }

  private static NetworkTable.Row row(String network, String layer) {
    NetworkTable table = NetworkTable.of(Zoo.named(network).build());
    return table.rows().stream().filter(row -> row.name().equals(layer)).findFirst().orElseThrow();
  }

  @Test
  void onlyWhatSlidesHasAWindow() {
    assertEquals(new Window(5, 5, 1, 0), modern.rows().get(0).window());
    assertNull(modern.rows().get(4).window());
  }
}
