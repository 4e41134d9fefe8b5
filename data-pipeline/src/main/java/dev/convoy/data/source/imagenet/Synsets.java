package dev.convoy.data.source.imagenet;

import dev.convoy.data.DataException;
import dev.convoy.data.text.TextLines;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * ImageNet's classes in the order of their labels, which is that of their WordNet identifiers, as
 * torchvision has it.
 */
final class Synsets {
  private static final Pattern LINE = Pattern.compile("(n\\d{8})(?:\\s+(.*))?");

  private final List<String> wnids;
  private final List<String> names;
  private final Map<String, Integer> labels = new HashMap<>();

  private Synsets(Map<String, String> words) {
    Map<String, String> wordsOfWnid = new TreeMap<>(words);
    wnids = List.copyOf(wordsOfWnid.keySet());
    names = new ArrayList<>();
    for (var entry : wordsOfWnid.entrySet()) {
      labels.put(entry.getKey(), names.size());
      names.add(
          entry.getValue().isEmpty() ? entry.getKey() : entry.getKey() + " " + entry.getValue());
    }
  }

  /** Creates the classes from identifiers and what the classes are called, which may be empty. */
  static Synsets of(Map<String, String> wordsOfWnid) {
    return new Synsets(wordsOfWnid);
  }

  /**
   * Reads a text with a class a line: {@code n01440764 tench, Tinca tinca}, or the identifier
   * alone.
   */
  static Synsets parse(TextLines text) {
    Map<String, String> words = new HashMap<>();
    for (TextLines.Line line : text.lines()) {
      Matcher matcher = LINE.matcher(line.text());
      if (!matcher.matches()) {
        throw text.refuse(line, "is not like 'n01440764 tench, Tinca tinca'");
      }
      String its = matcher.group(2) == null ? "" : matcher.group(2);
      if (words.put(matcher.group(1), its) != null) {
        throw text.refuse(line, "names a class that an earlier line has named");
      }
    }
    if (words.isEmpty()) {
      throw new DataException(text.where() + " names no classes");
    }
    return new Synsets(words);
  }

  /** Returns the names in the order of the labels. */
  List<String> names() {
    return names;
  }

  /** Returns the identifiers in the order of the labels. */
  List<String> wnids() {
    return wnids;
  }

  /** Returns the label of a class, or -1. */
  int label(String wnid) {
    return labels.getOrDefault(wnid, -1);
  }
}
