package dev.convoy.data;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Compares classes by their names, in the order of the labels. Labels are numbers, and two datasets
 * may give one number to different classes: what is learnt of the one is then tested on another.
 */
public final class ClassOrder {
  private ClassOrder() {}

  /**
   * Returns the first thing in which two lists of classes differ; nothing if a label means the same
   * in both. Classes without names, called by their numbers, are compared by how many there are.
   *
   * @param where what the first list is of, for messages
   * @param whereOthers what the other list is of
   */
  public static Optional<String> difference(
      String where, List<String> classes, String whereOthers, List<String> others) {
    boolean named = isNamed(classes, others);
    int both = Math.min(classes.size(), others.size());
    for (int c = 0; c < both && named; c++) {
      String one = FolderItem.composed(classes.get(c));
      String other = FolderItem.composed(others.get(c));
      if (!one.equals(other)) {
        return Optional.of(
            String.format(
                Locale.ROOT,
                "class %d is '%s' in %s, but '%s' in %s",
                c,
                one,
                where,
                other,
                whereOthers));
      }
    }
    if (classes.size() == others.size()) {
      return Optional.empty();
    }
    List<String> longer = classes.size() > others.size() ? classes : others;
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%s has %,d classes, but %s has %,d%s",
            where,
            classes.size(),
            whereOthers,
            others.size(),
            named ? ", '" + longer.get(both) + "' more" : ""));
  }

  /**
   * Returns whether two lists are to be compared by name: where one has none, the other has numbers
   * too.
   */
  private static boolean isNamed(List<String> classes, List<String> others) {
    if (isNumbered(classes)) {
      return others.stream().allMatch(ClassOrder::isNumber);
    }
    return !isNumbered(others) || classes.stream().allMatch(ClassOrder::isNumber);
  }

  private static boolean isNumber(String name) {
    return !name.isEmpty() && name.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** Returns whether the classes have no names: each is called by its own number. */
  static boolean isNumbered(List<String> classes) {
    return IntStream.range(0, classes.size())
        .allMatch(c -> classes.get(c).equals(Integer.toString(c)));
  }
}
