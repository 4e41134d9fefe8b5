package dev.convoy.spark.app;

import dev.convoy.spark.config.UserError;
import java.util.Locale;

/** Whole numbers that an option must reach. */
final class Require {
  private Require() {}

  static int atLeast(int least, String option, int value) {
    if (value < least) {
      throw new UserError(
          String.format(
              Locale.ROOT,
              "%s %d is refused; it must be a whole number from %d",
              option,
              value,
              least));
    }
    return value;
  }
}
