package dev.convoy.spark.app.text;

import java.io.PrintWriter;

/**
 * A writer for people, whose texts may have several lines but no control characters: see {@link
 * Printable}.
 */
public final class PrintableWriter extends PrintWriter {
  public PrintableWriter(PrintWriter to) {
    super(to, true);
  }

  @Override
  public void write(int c) {
    write(Character.toString(c));
  }

  @Override
  public void write(char[] text, int from, int length) {
    write(new String(text, from, length));
  }

  @Override
  public void write(String text, int from, int length) {
    String shown = Printable.lines(text.substring(from, from + length));
    super.write(shown, 0, shown.length());
  }

  @Override
  public void write(char[] text) {
    write(text, 0, text.length);
  }

  @Override
  public void write(String text) {
    write(text, 0, text.length());
  }
}
