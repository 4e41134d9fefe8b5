package dev.convoy.spark.app.text;

import java.io.PrintWriter;
import picocli.CommandLine;

/** A line on a command's standard error. */
public final class ErrorLine {
  private static volatile String last = "";

  private ErrorLine() {}

  /** Returns the last sentence printed. */
  public static String last() {
    return last;
  }

  /** Prints what a person should know although nothing is wrong. */
  public static void notice(CommandLine command, String sentence) {
    print(command, "notice: " + sentence);
  }

  /** Prints a sentence. */
  public static void print(CommandLine command, String sentence) {
    last = Printable.line(sentence);
    PrintWriter err = command.getErr();
    err.println("convoy: " + last);
    err.flush();
  }
}
