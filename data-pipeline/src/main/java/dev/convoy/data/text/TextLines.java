package dev.convoy.data.text;

import dev.convoy.data.DataException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The numbered lines of a text file, whatever system wrote it: UTF-8 with or without a byte order
 * mark, or UTF-16 with one; lines end in LF, CRLF or CR. White space around a line and blank lines
 * at the end are left out. What cannot be read for certain is refused with its line: text in
 * another encoding, and control characters.
 */
public final class TextLines {
  private static final char BYTE_ORDER_MARK = '\ufeff';
  private static final int SHOWN = 60;
  private static final String LFS_POINTER = "version https://git-lfs.github.com/spec";

  private final String where;
  private final List<Line> lines;

  private TextLines(String where, List<Line> lines) {
    this.where = where;
    this.lines = List.copyOf(lines);
  }

  /**
   * A line.
   *
   * @param number counted from 1
   * @param text without white space around it
   */
  public record Line(int number, String text) {}

  /**
   * Decodes a file.
   *
   * @param where the file's name, for messages
   * @throws DataException if it is no text
   */
  public static TextLines decode(byte[] bytes, String where) {
    String text = characters(bytes, where);
    List<Line> lines = new ArrayList<>();
    for (String line : text.lines().toList()) {
      lines.add(new Line(lines.size() + 1, strip(line)));
    }
    while (!lines.isEmpty() && lines.get(lines.size() - 1).text().isEmpty()) {
      lines.remove(lines.size() - 1);
    }
    TextLines decoded = new TextLines(where, lines);
    lines.forEach(decoded::requirePrintable);
    if (!lines.isEmpty() && lines.get(0).text().startsWith(LFS_POINTER)) {
      throw new DataException(
          where + " is a pointer of Git LFS, not the file itself: fetch it with git lfs pull");
    }
    return decoded;
  }

  private static String characters(byte[] bytes, String where) {
    Charset charset = StandardCharsets.UTF_8;
    if (startsWith(bytes, 0xff, 0xfe)) {
      charset = StandardCharsets.UTF_16LE;
    } else if (startsWith(bytes, 0xfe, 0xff)) {
      charset = StandardCharsets.UTF_16BE;
    }
    // Newly made, a decoder reports what it cannot decode.
    CharsetDecoder decoder = charset.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length + 1);
    CoderResult result = decoder.decode(in, out, true);
    String text = out.flip().toString();
    if (result.isError()) {
      long line = text.lines().count() + (text.isEmpty() || text.endsWith("\n") ? 1 : 0);
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s, line %d: is not text in %s; convert the file, for example with iconv"
                  + " -f WINDOWS-1252 -t UTF-8",
              where,
              line,
              charset.equals(StandardCharsets.UTF_8) ? "UTF-8" : "UTF-16"));
    }
    return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
  }

  private static boolean startsWith(byte[] bytes, int first, int second) {
    return bytes.length >= 2 && (bytes[0] & 0xff) == first && (bytes[1] & 0xff) == second;
  }

  private void requirePrintable(Line line) {
    for (int at = 0; at < line.text().length(); at++) {
      char c = line.text().charAt(at);
      if (isForbidden(c)) {
        throw refuse(
            line,
            String.format(
                Locale.ROOT,
                "has the control character U+%04X%s",
                (int) c,
                c == 0 ? " (the text may be UTF-16 without a byte order mark)" : ""));
      }
    }
  }

  /**
   * Returns whether a text file must not have a character. Tabs divide fields; joiners, which are
   * control characters too, belong to Persian names.
   */
  private static boolean isForbidden(char c) {
    return (Character.isISOControl(c) && c != '\t')
        || c == '\u2028'
        || c == '\u2029'
        || c == BYTE_ORDER_MARK;
  }

  /** Strips a text like {@link String#strip}, and of no-break spaces too. */
  private static String strip(String line) {
    int begin = 0;
    int end = line.length();
    while (begin < end && isSpace(line.charAt(begin))) {
      begin++;
    }
    while (end > begin && isSpace(line.charAt(end - 1))) {
      end--;
    }
    return line.substring(begin, end);
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\f' || Character.isSpaceChar(c);
  }

  /** Returns the lines; the last is not blank. */
  public List<Line> lines() {
    return lines;
  }

  /** Returns the file's name, for messages. */
  public String where() {
    return where;
  }

  /**
   * Makes the exception that refuses a line.
   *
   * @param complaint what is wrong, as a predicate of the line
   */
  public DataException refuse(Line line, String complaint) {
    return new DataException(
        String.format(
            Locale.ROOT,
            "%s, line %d: '%s' %s",
            where,
            line.number(),
            shown(line.text()),
            complaint));
  }

  /** Returns a text as a message shows it: short, and without characters that a terminal obeys. */
  public static String shown(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .limit(SHOWN)
        .forEach(
            c -> {
              if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
                shown.append(String.format(Locale.ROOT, "\\u%04x", c));
              } else {
                shown.appendCodePoint(c);
              }
            });
    return text.codePointCount(0, text.length()) > SHOWN
        ? shown.append('…').toString()
        : shown.toString();
  }
}
