package dev.convoy.spark.train;

import java.io.PrintStream;
import java.util.List;

/** Prints what a person should know although nothing is refused. */
final class Notices {
  private Notices() {}

  static void print(PrintStream out, List<String> notices) {
    notices.forEach(notice -> out.println("notice     " + notice));
  }
}
