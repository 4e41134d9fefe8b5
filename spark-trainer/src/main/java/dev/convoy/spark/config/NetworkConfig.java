package dev.convoy.spark.config;

import static dev.convoy.spark.config.DefinesResult.YES;

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
  static final Section SECTION = new Section("network");

  private static final Key<String> NAME =
      SECTION.key(
          "name",
          Types.text("the name of a network, as convoy describe prints them"),
          "null",
          YES,
          "Which network to train.");

  private static final Key<Integer> CLASSES =
      SECTION.key("classes", Types.wholeNumber(2), "10", YES, "How many classes the data has.");

  private static final Key<Optional<Shape>> INPUT =
      SECTION.key(
          "input",
          Types.parsed("\"paper\" or " + ShapeText.ALLOWED, ShapeText::parse).or("paper"),
          "paper",
          YES,
          "Shape of an image; \"paper\" is the shape that the network's paper has.");

  private static final Key<Boolean> ZERO_GAMMA =
      SECTION.key(
          "zero-gamma",
          Types.onOff(),
          "off",
          YES,
          new Key.Usage(
              "a residual network",
              config ->
                  !config.network().zeroGamma() || config.network().name().contains("resnet")),
          "Begin the last normalization of each residual block with a scale of zero, so that the"
              + " block begins as its shortcut (Goyal et al. 2017, section 5.1).");

  static NetworkConfig read(Values values) {
    return new NetworkConfig(
        values.get(NAME), values.get(CLASSES), values.get(INPUT), values.get(ZERO_GAMMA));
  }

  static void requireKnown(Values values, String name, Collection<String> known) {
    if (!known.contains(name)) {
      List<String> names = List.copyOf(known);
      throw values.refuse(NAME, Types.oneOf(names) + Suggestion.phrase(name, names));
    }
  }
}
