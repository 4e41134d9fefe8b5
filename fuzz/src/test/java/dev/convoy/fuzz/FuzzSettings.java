package dev.convoy.fuzz;

/** What {@code -Dfuzz.inputs=N} and {@code -Dfuzz.seed=N} set. */
final class FuzzSettings {
  private FuzzSettings() {}

  /** Returns the number of inputs for each reader. */
  static long inputs(long otherwise) {
    return number("fuzz.inputs", otherwise);
  }

  /** Returns the first seed. */
  static long firstSeed() {
    return number("fuzz.seed", 1);
  }

  private static long number(String name, long otherwise) {
    String value = System.getProperty(name, "");
    return value.isEmpty() ? otherwise : Long.parseLong(value);
  }
}
