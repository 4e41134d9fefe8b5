package dev.convoy.spark.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The keys that exist, taken from {@code reference.conf}, and the refusal of every other key. */
final class KnownKeys {
  private final ConfigObject reference;
  private final List<String> paths = new ArrayList<>();

  KnownKeys(ConfigObject reference) {
    this.reference = reference;
    collect(reference, "");
  }

  private void collect(ConfigObject section, String prefix) {
    for (var entry : new TreeMap<>(section).entrySet()) {
      paths.add(prefix + entry.getKey());
      if (entry.getValue() instanceof ConfigObject inner) {
        collect(inner, prefix + entry.getKey() + ".");
      }
    }
  }

  /** Refuses keys that do not exist, sections that are not sections, and values that are. */
  void check(ConfigObject configuration) {
    check(configuration, reference, "");
  }

  private void check(ConfigObject given, ConfigObject known, String prefix) {
    for (var entry : new TreeMap<>(given).entrySet()) {
      String path = prefix + entry.getKey();
      ConfigValue value = entry.getValue();
      ConfigValue expected = known.get(entry.getKey());
      if (expected == null) {
        throw new UserError(Origins.of(value) + ": unknown key " + path + hint(path, known));
      }
      boolean section = expected instanceof ConfigObject;
      if (section && value instanceof ConfigObject inner) {
        check(inner, (ConfigObject) expected, path + ".");
      } else if (section) {
        String keys = String.join(", ", new TreeMap<>((ConfigObject) expected).keySet());
        throw new UserError(
            Origins.of(value) + ": " + path + " must be a section with the keys " + keys);
      } else if (value instanceof ConfigObject) {
        throw new UserError(Origins.of(value) + ": " + path + " must be one value, not a section");
      }
    }
  }

  private String hint(String path, ConfigObject section) {
    return suggestion(path)
        .map(meant -> "; did you mean " + meant + "?")
        .orElseGet(
            () -> "; keys allowed here: " + String.join(", ", new TreeMap<>(section).keySet()));
  }

  /**
   * Returns the key that was probably meant: one with the same last word in another section, else
   * one that is spelled alike.
   */
  private Optional<String> suggestion(String path) {
    String word = lastWord(path);
    Optional<String> sameWord =
        paths.stream()
            .filter(known -> lastWord(known).equals(word))
            .min(Comparator.comparingInt(known -> Suggestion.distance(path, known)));
    if (sameWord.isPresent()) {
      return sameWord;
    }
    String parent = path.substring(0, path.length() - word.length());
    List<String> siblings =
        paths.stream()
            .filter(known -> known.equals(parent + lastWord(known)))
            .map(KnownKeys::lastWord)
            .toList();
    return Suggestion.nearest(word, siblings)
        .map(known -> parent + known)
        .or(
            () ->
                Suggestion.nearest(word, paths.stream().map(KnownKeys::lastWord).toList())
                    .flatMap(
                        meant ->
                            paths.stream().filter(p -> lastWord(p).equals(meant)).findFirst()));
  }

  private static String lastWord(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }
}
