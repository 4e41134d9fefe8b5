package dev.convoy.spark.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the parser of Typesafe Config does not tell of a text in HOCON: where a comment begins,
 * where another file is included, and which keys are given twice. It expects text that the parser
 * has accepted; of any other the outline may be wrong.
 */
final class HoconOutline {
  /**
   * A comment.
   *
   * @param key whose value stands before it on the same line; empty for none
   * @param value the unquoted text that touches it; empty if a blank or a quote stands between
   * @param text of the comment, with the sign that begins it
   * @param inList whether it stands in a list in brackets
   */
  record Comment(int line, String key, String value, String text, boolean inList) {
    /** Returns whether it probably was meant to belong to the value. */
    boolean cutsValue() {
      return !value.isEmpty();
    }

    /**
     * Returns the value as it probably was meant, without what ends a list or a section behind it.
     */
    String meant() {
      String whole = value + text;
      return inList ? whole.split("[,\\]]", 2)[0].strip() : whole.replaceFirst("\\s+[}\\s]+$", "");
    }
  }

  /** A statement that includes what {@code name} says. */
  record Include(int line, String name) {}

  /** A key whose value at {@code first} is replaced by another at {@code line}. */
  record Doubled(String key, int first, int line) {}

  /** A section whose brace is never closed. */
  record Unclosed(String section, int line) {}

  /** How deep sections and lists may be nested: Typesafe Config recurses into each level. */
  static final int DEEPEST = 100;

  private record Given(int line, String value) {}

  private final String text;
  private final List<Comment> comments = new ArrayList<>();
  private final List<Include> includes = new ArrayList<>();
  private final List<Doubled> doubled = new ArrayList<>();
  private final List<Unclosed> unclosed = new ArrayList<>();
  private final Map<String, Given> given = new HashMap<>();
  private int lists;
  private int depth;
  private int tooDeep;
  private int at;
  private int line = 1;

  private HoconOutline(String text) {
    this.text = text;
  }

  static HoconOutline of(String text) {
    HoconOutline outline = new HoconOutline(text);
    outline.blanks("");
    outline.next('{');
    while (!outline.atEnd()) {
      outline.object("");
      outline.next('}');
    }
    return outline;
  }

  List<Comment> comments() {
    return comments;
  }

  List<Include> includes() {
    return includes;
  }

  /** Returns the sections that the text leaves open, the innermost first. */
  List<Unclosed> unclosed() {
    return unclosed;
  }

  List<Doubled> doubled() {
    return doubled;
  }

  /** Returns the line that nests deeper than {@link #DEEPEST}, where the outline ends; else 0. */
  int tooDeep() {
    return tooDeep;
  }

  private void requireDepth(int levels) {
    if (levels > DEEPEST && tooDeep == 0) {
      tooDeep = line;
      at = text.length();
    }
  }

  /** Reads fields up to a closing brace, which is left to the caller, or to the end. */
  private void object(String prefix) {
    while (true) {
      blanks("");
      if (atEnd() || peek() == '}') {
        return;
      }
      if (!next(',') && !include()) {
        field(prefix);
      }
    }
  }

  /** Reads an include statement, if one begins here, and returns whether one did. */
  private boolean include() {
    if (!text.startsWith("include", at)) {
      return false;
    }
    int end = lineEnd();
    String rest = text.substring(at + "include".length(), end);
    int open = rest.indexOf('"');
    int close = rest.indexOf('"', open + 1);
    String before = open < 0 ? "=" : rest.substring(0, open);
    if (close < 0 || !before.matches("\\s*((required|file|url|classpath)\\(\\s*)*")) {
      return false;
    }
    includes.add(new Include(line, rest.substring(open + 1, close)));
    at += "include".length() + close + 1;
    while (!atEnd() && (peek() == ')' || peek() == ' ')) {
      at++;
    }
    return true;
  }

  private void field(String prefix) {
    int started = line;
    String key = key();
    String path = prefix.isEmpty() ? key : prefix + "." + key;
    int words = 1 + (int) key.chars().filter(c -> c == '.').count();
    depth += words;
    requireDepth(depth);
    boolean appends = text.startsWith("+=", at);
    at += appends ? 2 : 0;
    if (!appends && !atEnd() && (peek() == '=' || peek() == ':')) {
      at++;
    }
    blanks(path);
    int from = at;
    boolean plain = value(path);
    depth -= words;
    String value = text.substring(from, at).strip();
    if (plain && !appends && !value.contains("${")) {
      Given before = given.put(path, new Given(started, value));
      if (before != null && !before.value().equals(value)) {
        doubled.add(new Doubled(path, before.line(), started));
      }
    }
  }

  private String key() {
    StringBuilder key = new StringBuilder();
    while (!atEnd() && "=:{+\n".indexOf(peek()) < 0) {
      if (peek() == '"') {
        int from = at + 1;
        string();
        key.append(text, from, Math.max(from, at - 1));
      } else {
        key.append(peek());
        skip();
      }
    }
    return key.toString().strip();
  }

  /**
   * Reads a value up to what ends it, and returns whether it is neither an object nor a
   * concatenation that has one.
   */
  private boolean value(String path) {
    boolean plain = true;
    int from = at;
    while (!atEnd()) {
      char c = peek();
      if (c == ',' || c == '}' || c == ']' || c == '\n') {
        return plain;
      } else if (c == '"') {
        string();
        from = at;
      } else if (c == '{') {
        plain = false;
        int opened = line;
        int around = lists;
        lists = 0;
        at++;
        depth++;
        requireDepth(depth);
        object(path);
        depth--;
        if (!next('}')) {
          unclosed.add(new Unclosed(path, opened));
        }
        lists = around;
        from = at;
      } else if (c == '[') {
        at++;
        lists++;
        depth++;
        requireDepth(depth);
        array(path);
        depth--;
        lists--;
        from = at;
      } else if (text.startsWith("${", at)) {
        int close = text.indexOf('}', at);
        at = close < 0 ? text.length() : close + 1;
      } else if (beginsComment()) {
        boolean touches = at > from && !Character.isWhitespace(text.charAt(at - 1));
        comment(path, touches ? text.substring(from, at).strip() : "");
        return plain;
      } else {
        skip();
      }
    }
    return plain;
  }

  private void array(String path) {
    while (!atEnd()) {
      blanks(path);
      if (next(']')) {
        return;
      }
      if (!next(',')) {
        int before = at;
        value(path);
        if (at == before && !atEnd()) {
          skip();
        }
      }
    }
  }

  /** Passes over a text in one quote or in three. */
  private void string() {
    if (text.startsWith("\"\"\"", at)) {
      int close = text.indexOf("\"\"\"", at + 3);
      int end = close < 0 ? text.length() : close + 3;
      while (at < end) {
        skip();
      }
      while (!atEnd() && peek() == '"') {
        at++;
      }
      return;
    }
    at++;
    while (!atEnd() && peek() != '"' && peek() != '\n') {
      at += peek() == '\\' ? 2 : 1;
    }
    at = Math.min(text.length(), at);
    next('"');
  }

  /** Passes over blanks, line ends and comments. */
  private void blanks(String path) {
    while (!atEnd()) {
      if (beginsComment()) {
        comment(path, "");
      } else if (Character.isWhitespace(peek())) {
        skip();
      } else {
        return;
      }
    }
  }

  private void comment(String key, String value) {
    int end = lineEnd();
    comments.add(new Comment(line, key, value, text.substring(at, end).strip(), lists > 0));
    at = end;
  }

  private boolean beginsComment() {
    return peek() == '#' || text.startsWith("//", at);
  }

  private int lineEnd() {
    int end = text.indexOf('\n', at);
    return end < 0 ? text.length() : end;
  }

  private boolean next(char wanted) {
    boolean here = !atEnd() && peek() == wanted;
    at += here ? 1 : 0;
    return here;
  }

  private void skip() {
    line += peek() == '\n' ? 1 : 0;
    at++;
  }

  private char peek() {
    return text.charAt(at);
  }

  private boolean atEnd() {
    return at >= text.length();
  }
}
