package dev.convoy.spark.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How a configuration writes the constants of enums: {@code ALL_REDUCE} is {@code all-reduce}. */
public final class Labels {
  private Labels() {}

  /** Returns the name of a constant as a configuration writes it. */
  public static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns every label of an enum, in its order. */
  static <E extends Enum<E>> List<String> all(Class<E> type) {
    return Arrays.stream(type.getEnumConstants()).map(Labels::label).toList();
  }
}
