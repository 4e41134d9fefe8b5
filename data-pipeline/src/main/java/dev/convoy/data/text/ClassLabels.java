package dev.convoy.data.text;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * From what a dataset says of an image, a number or a name, to its label, which counts from zero.
 */
public final class ClassLabels {
  /** No image and no class. */
  public static final int NONE = -1;

  private static final int MOST_DIGITS = 18;

  private final List<String> names;
  private final String where;
  private final int first;
  private final Map<String, Integer> labelOfName = new HashMap<>();

  /**
   * Makes the labels of these classes.
   *
   * @param where what names the classes, for messages
   * @param first the number that the dataset gives to the first class, 0 or 1
   */
  public ClassLabels(List<String> names, String where, int first) {
    this.names = List.copyOf(names);
    this.where = where;
    this.first = first;
    for (int label = 0; label < names.size(); label++) {
      labelOfName.putIfAbsent(normal(names.get(label)), label);
    }
  }

  /**
   * Returns what tells a name from others: its letters, without case and without what divides
   * words.
   */
  private static String normal(String name) {
    return name.strip().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Returns the names in the order of the labels. */
  public List<String> names() {
    return names;
  }

  /** Returns what names the classes, for messages. */
  public String where() {
    return where;
  }

  /** Returns the number that the dataset gives to the first class. */
  public int first() {
    return first;
  }

  /** Returns the label that a number means, or {@link #NONE}. */
  public int ofNumber(long number) {
    return number >= first && number < first + names.size() ? (int) (number - first) : NONE;
  }

  /** Returns the label of the class of that name, or {@link #NONE}. */
  public int ofName(String name) {
    return labelOfName.getOrDefault(normal(name), NONE);
  }

  /** Returns the label that a text means, a decimal number or a class's name, or {@link #NONE}. */
  public int ofText(String text) {
    return isNumber(text) ? ofNumber(Long.parseLong(text)) : ofName(text);
  }

  /** Returns whether a text is a decimal number without sign. */
  public static boolean isNumber(String text) {
    return !text.isEmpty()
        && text.length() <= MOST_DIGITS
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** Returns whether a name beside the label contradicts it; a name that no class has does not. */
  public boolean contradicts(int label, String name) {
    String normal = normal(name);
    return labelOfName.containsKey(normal) && !normal(names.get(label)).equals(normal);
  }

  /** Returns what a message says after a number that is no label. */
  public String allowed(long number) {
    int last = first + names.size() - 1;
    String hint = "";
    if (first == 0 && number == names.size()) {
      hint = "; if labels count from 1 there, prepare with --first-label 1";
    } else if (first == 1 && number == 0) {
      hint = "; if labels count from 0 there, prepare with --first-label 0";
    }
    return String.format(
        Locale.ROOT,
        "allowed are %d to %d, as %s names %d %s%s",
        first,
        last,
        where,
        names.size(),
        names.size() == 1 ? "class" : "classes",
        hint);
  }
}
