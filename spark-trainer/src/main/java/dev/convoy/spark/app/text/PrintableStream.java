package dev.convoy.spark.app.text;

import java.io.PrintStream;
import java.util.Locale;

/**
 * A stream for people that prints the text of each call as one line: see {@link Printable}. A
 * carriage return at the beginning and a line end at the end stay, for progress is shown with them.
 */
public final class PrintableStream extends PrintStream {
  private static final String RETURN = "\r";
  private static final String END = System.lineSeparator();

  private final PrintStream to;

  public PrintableStream(PrintStream to) {
    super(to, false);
    this.to = to;
  }

  @Override
  public void print(String text) {
    String line = String.valueOf(text);
    int from = line.startsWith(RETURN) ? RETURN.length() : 0;
    int until = line.endsWith(END) ? Math.max(from, line.length() - END.length()) : line.length();
    to.print(
        line.substring(0, from)
            + Printable.line(line.substring(from, until))
            + line.substring(until));
  }

  @Override
  public void println() {
    to.println();
  }

  @Override
  public void println(String text) {
    print(text + END);
  }

  @Override
  public PrintStream format(String format, Object... values) {
    return format(Locale.ROOT, format, values);
  }

  @Override
  public PrintStream format(Locale locale, String format, Object... values) {
    print(String.format(locale, format, values));
    return this;
  }

  @Override
  public void flush() {
    to.flush();
  }
}
