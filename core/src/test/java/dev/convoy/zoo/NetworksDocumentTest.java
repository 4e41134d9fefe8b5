package dev.convoy.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.nn.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The table in docs/networks.md lists all networks, with their figures. */
class NetworksDocumentTest {
  private static final Path DOCUMENT = Path.of("../docs/networks.md");

  /** Other names of networks in the table, as the document's first lines say. */
  private static final Set<String> OTHER_NAMES = Set.of("vgg16", "vgg16-bn", "vgg19", "vgg19-bn");

  /** The cells of each row. */
  private static List<List<String>> rows() throws IOException {
    return Files.readAllLines(DOCUMENT).stream()
        .dropWhile(line -> !line.startsWith("| network |"))
        .takeWhile(line -> line.startsWith("|"))
        .skip(2)
        .map(line -> Arrays.stream(line.split("\\|", -1)).map(String::strip).toList())
        .map(cells -> cells.subList(1, cells.size() - 1))
        .toList();
  }

  @Test
  void everyNetworkHasARow() throws IOException {
    Set<String> names = new TreeSet<>(OTHER_NAMES);
    rows().forEach(cells -> names.add(cells.get(0)));
    assertEquals(new TreeSet<>(Zoo.names()), names);
  }

  @Test
  void inputParametersAndMultiplyAddsAreThoseOfTheNetwork() throws IOException {
    for (List<String> cells : rows()) {
      Network network = Zoo.named(cells.get(0)).build();
      List<String> figures =
          List.of(
              network.name(),
              network.input().toString(),
              String.format(Locale.ROOT, "%,d", network.parametersOfInference()),
              fourDigits(network.multiplyAddsOfInference()));
      assertEquals(figures, cells.subList(0, figures.size()));
    }
  }

  /** Millions with four digits, billions with two decimals. */
  private static String fourDigits(long count) {
    if (count >= 1_000_000_000) {
      return String.format(Locale.ROOT, "%.2f G", count / 1e9);
    }
    int decimals = count < 1_000_000 ? 4 : count < 100_000_000 ? 2 : 1;
    return String.format(Locale.ROOT, "%." + decimals + "f M", count / 1e6);
  }
}
