package dev.convoy.spark.config;

import dev.convoy.tensor.Shape;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Section {@code network}.
 *
 * @param name the network's name; whether it exists is asked by {@link ConvoyConfig#requireNetwork}
 * @param classes how many classes the data has, at least 2
 * @param input shape of an image; empty for that of the network's paper
 * @param zeroGamma whether residual blocks begin as their shortcuts
 */
public record NetworkConfig(String name, int classes, Optional<Shape> input, boolean zeroGamma) {
  static NetworkConfig read(ConfigReader reader) {
    return new NetworkConfig(
        reader.text("network.name", "the name of a network, as convoy describe prints them"),
        reader.integer("network.classes", 2),
        input(reader),
        reader.onOff("network.zero-gamma"));
  }

  private static Optional<Shape> input(ConfigReader reader) {
    String allowed = "\"paper\" or " + ShapeText.ALLOWED;
    String text = reader.text("network.input", allowed);
    Optional<Shape> shape = ShapeText.parse(text);
    if (shape.isEmpty() && !text.equals("paper")) {
      throw reader.refuse("network.input", allowed);
    }
    return shape;
  }

  static void requireKnown(ConfigReader reader, String name, Collection<String> known) {
    if (!known.contains(name)) {
      List<String> names = List.copyOf(known);
      throw reader.refuse(
          "network.name", ConfigReader.oneOf(names) + Suggestion.phrase(name, names));
    }
  }
}
