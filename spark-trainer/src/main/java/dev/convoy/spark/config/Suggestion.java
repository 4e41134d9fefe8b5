package dev.convoy.spark.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody probably meant: the known name at the smallest edit distance. */
public final class Suggestion {
  private Suggestion() {}

  /** The known name nearest to {@code word}, if it is near enough to be a slip of the keyboard. */
  public static Optional<String> nearest(String word, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt((String name) -> distance(word, name)))
        .filter(name -> distance(word, name) <= Math.max(1, word.length() / 3));
  }

  /** {@code "; did you mean sgd?"}, or nothing. */
  static String phrase(String word, Collection<String> known) {
    return nearest(word, known).map(name -> "; did you mean " + name + "?").orElse("");
  }

  /** Levenshtein's distance: insertions, deletions and substitutions of one character, O(nm). */
  static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substitution = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(substitution, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
