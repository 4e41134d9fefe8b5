package dev.convoy.spark.app.options;

import dev.convoy.spark.config.UserError;
import java.util.List;
import java.util.Locale;

/** Checks of the values of options. */
public final class Require {
  private Require() {}

  public static int atLeast(int least, String option, int value) {
    if (value < least) {
      throw new UserError(
          String.format(
              Locale.ROOT,
              "%s %d is invalid: expected a whole number from %d",
              option,
              value,
              least));
    }
    return value;
  }

  /** Returns whether the value of an option is the first of the two that are allowed. */
  public static boolean first(String option, String value, String first, String second) {
    if (!value.equals(first) && !value.equals(second)) {
      throw new UserError(
          "%s %s is invalid: expected %s or %s".formatted(option, value, first, second));
    }
    return value.equals(first);
  }

  /** Overrides {@code --set} of keys in the sections that a command uses. */
  public static List<String> keysOf(List<String> sections, List<String> sets) {
    for (String set : sets) {
      if (sections.stream().noneMatch(section -> set.strip().startsWith(section + "."))) {
        throw new UserError(
            "--set %s is refused; here only keys of %s are used"
                .formatted(set, String.join(" and ", sections)));
      }
    }
    return sets;
  }
}
