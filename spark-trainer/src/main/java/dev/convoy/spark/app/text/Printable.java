package dev.convoy.spark.app.text;

import java.util.Locale;

/**
 * Text that a terminal shows as it is. Names of files and classes, keys and values come from
 * others: a control character in one could colour, move or erase what a terminal shows, a line end
 * could begin a line that looks like Convoy's own, and marks of direction could turn the words
 * around. Each is written as {@code \\uXXXX}.
 */
public final class Printable {
  private Printable() {}

  /** Returns the same text on one line. */
  public static String line(String text) {
    return escape(text, false);
  }

  /** Returns the same text, with its line ends. */
  static String lines(String text) {
    return escape(text, true);
  }

  private static String escape(String text, boolean linesStay) {
    StringBuilder shown = null;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      boolean stays = (linesStay && c == '\n') || !isHarmful(c);
      if (!stays && shown == null) {
        shown = new StringBuilder(text.length() + 8).append(text, 0, i);
      }
      if (shown != null) {
        append(shown, c, stays);
      }
      i += Character.charCount(c);
    }
    return shown == null ? text : shown.toString();
  }

  private static void append(StringBuilder shown, int c, boolean stays) {
    if (stays) {
      shown.appendCodePoint(c);
    } else if (c == '\n') {
      shown.append("\\n");
    } else if (c == '\t') {
      shown.append("\\t");
    } else {
      shown.append(String.format(Locale.ROOT, "\\u%04x", c));
    }
  }

  /**
   * Returns whether it is a control character, a mark of direction, a line separator or half a
   * character.
   */
  private static boolean isHarmful(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      case Character.SURROGATE -> true;
      // Joiners belong to the spelling of words and to emoji; the other formats show nothing.
      case Character.FORMAT -> c != 0x200C && c != 0x200D && c < 0xE0000;
      default -> false;
    };
  }
}
