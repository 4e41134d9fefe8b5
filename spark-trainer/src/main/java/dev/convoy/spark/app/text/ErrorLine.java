package dev.convoy.spark.app.text;

import java.io.PrintWriter;
import picocli.CommandLine;

/** A line on a command's standard error. */
public final class ErrorLine {
  private ErrorLine() {}

  /** Prints what a person should know although nothing is wrong. */
  public static void notice(CommandLine command, String sentence) {
    print(command, "notice: " + sentence);
  }

  /** Prints a sentence. */
  public static void print(CommandLine command, String sentence) {
    PrintWriter err = command.getErr();
    err.println("convoy: " + Printable.line(sentence));
    err.flush();
  }
}
