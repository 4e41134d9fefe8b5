package dev.convoy.spark.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A value out of a fixed list; {@code ALL_REDUCE} is written {@code all-reduce}. */
public interface Choice {
  /** The constant's name, as an enum gives it. */
  String name();

  /** The name as a configuration writes it. */
  default String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Every label of an enum, in its order. */
  static <E extends Enum<E> & Choice> List<String> labels(Class<E> type) {
    return Arrays.stream(type.getEnumConstants()).map(Choice::label).toList();
  }
}
