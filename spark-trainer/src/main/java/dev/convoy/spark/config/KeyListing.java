package dev.convoy.spark.config;

import java.util.ArrayList;
import java.util.List;

/** All keys of the configuration for a person to read: default, meaning, what is allowed. */
public final class KeyListing {
  private static final int WIDTH = 96;
  private static final String INDENT = "    ";

  private KeyListing() {}

  /** Returns the lines of the listing. */
  public static List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (Key<?> key : Keys.all()) {
      lines.add(key.required() ? key.path() : key.path() + " = " + key.byDefault());
      ReferenceText.wrap(key.doc(), WIDTH).forEach(line -> lines.add(INDENT + line));
      ReferenceText.wrap(key.rule(), WIDTH).forEach(line -> lines.add(INDENT + line));
    }
    return lines;
  }
}
