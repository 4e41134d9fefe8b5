package dev.convoy.spark.config;

import java.util.ArrayList;
import java.util.List;

/**
 * The text of {@code reference.conf}, made of the declarations of the keys: each key's comment and
 * its default. A test holds the file to this text.
 */
final class ReferenceText {
  private static final int WIDTH = 120;

  private static final String HEADER =
      "Every key of a Convoy configuration with its default. A key that is not here is refused. `null`"
          + " means that there is no default. This file is made of the declarations of the keys, and"
          + " the program takes the defaults from here.";

  private final List<String> lines = new ArrayList<>();

  private ReferenceText() {}

  /** Returns the whole text. */
  static String of(List<Section> sections) {
    ReferenceText text = new ReferenceText();
    text.comment("", HEADER);
    for (Section section : sections) {
      if (section.parent().isEmpty()) {
        text.lines.add("");
        text.section(section, sections, "");
      }
    }
    return String.join("\n", text.lines) + "\n";
  }

  private void section(Section section, List<Section> sections, String indent) {
    lines.add(indent + section.name() + " {");
    for (Key<?> key : section.keys()) {
      comment(indent + "  ", key.doc());
      comment(indent + "  ", key.rule());
      lines.add(indent + "  " + key.name() + " = " + key.byDefault());
    }
    for (Section inner : sections) {
      if (inner.parent().equals(section.path())) {
        section(inner, sections, indent + "  ");
      }
    }
    lines.add(indent + "}");
  }

  private void comment(String indent, String text) {
    wrap(text, WIDTH - indent.length() - 2).forEach(line -> lines.add(indent + "# " + line));
  }

  /** Returns a text in lines of at most {@code width} characters, unless a word is longer. */
  static List<String> wrap(String text, int width) {
    List<String> wrapped = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
        wrapped.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    wrapped.add(line.toString());
    return wrapped;
  }
}
