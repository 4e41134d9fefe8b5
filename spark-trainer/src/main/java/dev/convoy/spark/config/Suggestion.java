package dev.convoy.spark.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody probably meant: the known name at the smallest edit distance. */
public final class Suggestion {
  /** Longer words are no slips of the keyboard, and would take long to compare. */
  private static final int LONGEST = 200;

  private Suggestion() {}

  /**
   * Returns the known name nearest to {@code word}, if it is near enough to be a slip of the
   * keyboard.
   */
  public static Optional<String> nearest(String word, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt((String name) -> distance(word, name)))
        .filter(name -> distance(word, name) <= Math.max(1, word.length() / 3));
  }

  /** Returns {@code "; did you mean sgd?"}, or nothing. */
  static String phrase(String word, Collection<String> known) {
    return nearest(word, known).map(name -> "; did you mean " + name + "?").orElse("");
  }

  /**
   * Returns Damerau's distance in its restricted form: insertions, deletions and substitutions of
   * one character and swaps of two neighbours, O(nm).
   */
  static int distance(String a, String b) {
    if (Math.max(a.length(), b.length()) > LONGEST) {
      return Math.max(a.length(), b.length());
    }
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int substitution = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        d[i][j] = Math.min(substitution, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
