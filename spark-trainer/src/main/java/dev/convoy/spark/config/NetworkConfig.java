package dev.convoy.spark.config;

import java.util.Collection;
import java.util.List;

/**
 * Section {@code network}.
 *
 * @param name the network's name; whether it exists is asked by {@link ConvoyConfig#requireNetwork}
 * @param classes how many classes the data has, at least 2
 */
public record NetworkConfig(String name, int classes) {
  static NetworkConfig read(ConfigReader reader) {
    return new NetworkConfig(
        reader.text("network.name", "the name of a network, as convoy describe prints them"),
        reader.integer("network.classes", 2));
  }

  static void requireKnown(ConfigReader reader, String name, Collection<String> known) {
    if (!known.contains(name)) {
      List<String> names = List.copyOf(known);
      throw reader.refuse(
          "network.name", ConfigReader.oneOf(names) + Suggestion.phrase(name, names));
    }
  }
}
