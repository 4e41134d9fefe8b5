package dev.convoy.spark.app;

import java.util.List;

/** Every command there is; a new one is a file and a line here. */
final class Commands {
  private Commands() {}

  static List<Object> all() {
    return List.of(new DigestCommand());
  }
}
