package dev.convoy.spark.config;

import java.util.function.Predicate;

/**
 * Whether a key's value is part of what defines the result of a run. A run that is resumed must
 * have the same values of such keys; the others may change in between.
 *
 * @param words the answer, for people; empty for no
 * @param test the answer for one configuration
 */
record DefinesResult(String words, Predicate<ConvoyConfig> test) {
  /** Another value is another run. */
  static final DefinesResult YES = new DefinesResult("Defines the result", config -> true);

  /** The result is the same with every value. */
  static final DefinesResult NO = new DefinesResult("", config -> false);

  /** Another value is another run where the key has an effect, see {@link Key#usage}. */
  static final DefinesResult WHERE_USED =
      new DefinesResult("Defines the result where it is used", config -> true);

  /** Returns the answer for a key whose value defines the result under some configurations. */
  static DefinesResult where(String words, Predicate<ConvoyConfig> test) {
    return new DefinesResult(words, test);
  }
}
