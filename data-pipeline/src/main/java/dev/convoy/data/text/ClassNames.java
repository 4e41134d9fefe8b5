package dev.convoy.data.text;

import dev.convoy.data.DataException;
import dev.convoy.data.text.TextLines.Line;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of a dataset's classes, from a text with one a line, in the order of the labels:
 *
 * <pre>
 *   daisy          0:daisy        1,daisy        daisy;0
 *   roses          1:roses        2,roses        roses;1
 * </pre>
 *
 * <p>Numbers beside the names, where every line has one and together they count from 0 or from 1,
 * are those of the labels, in whatever order the lines are. Blank lines between names and names
 * that occur twice would shift or merge labels, and are refused with their lines.
 *
 * @param names in the order of the labels
 * @param first the number of the first class where the text numbers them, 0 or 1; else {@link
 *     #UNNUMBERED}
 */
public record ClassNames(List<String> names, int first) {
  /** The text has no numbers. */
  public static final int UNNUMBERED = -1;

  /** A divider that no name has beside a number. */
  private static final String DIVIDER = "\\s*[:;,=|\\t]\\s*";

  private static final Pattern IN_FRONT = Pattern.compile("([0-9]{1,9})" + DIVIDER + "(.+)");
  private static final Pattern BEHIND = Pattern.compile("(.+?)" + DIVIDER + "([0-9]{1,9})");

  /** Names too may begin so: {@code 2 euros}. */
  private static final Pattern PERHAPS = Pattern.compile("([0-9]{1,9})(?:\\s*[.)-])?\\s+(.+)");

  private static final Pattern QUOTED = Pattern.compile("\"(.*)\"");
  private static final Pattern JSON = Pattern.compile("[\\[{]|[\\[{]\\s*[\"\\[{].*");

  /** Copies the list. */
  public ClassNames {
    names = List.copyOf(names);
  }

  /**
   * Reads a text.
   *
   * @throws DataException if it is no such list, naming the line
   */
  public static ClassNames parse(TextLines text) {
    List<Line> lines = text.lines();
    if (lines.isEmpty()) {
      throw new DataException(text.where() + " names no classes; expected is a name a line");
    }
    if (JSON.matcher(lines.get(0).text()).matches()) {
      throw new DataException(text.where() + " is JSON; expected is a text with a name a line");
    }
    for (Line line : lines) {
      if (line.text().isEmpty()) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s, line %d is blank; expected is the name of a class on every line",
                text.where(),
                line.number()));
      }
    }
    if (isNumbered(lines, IN_FRONT)) {
      return numbered(text, IN_FRONT, 1, 2);
    }
    if (isNumbered(lines, BEHIND)) {
      return numbered(text, BEHIND, 2, 1);
    }
    List<Line> names = lines.size() > 1 ? perhapsNumbered(lines) : null;
    if (names != null) {
      return new ClassNames(distinct(text, names), first(lines));
    }
    return new ClassNames(distinct(text, lines), UNNUMBERED);
  }

  /** Returns whether most lines are of that form; then the others are mistakes, not names. */
  private static boolean isNumbered(List<Line> lines, Pattern pattern) {
    long matching = lines.stream().filter(line -> pattern.matcher(line.text()).matches()).count();
    return 2 * matching > lines.size();
  }

  private static ClassNames numbered(TextLines text, Pattern pattern, int number, int name) {
    List<Line> lines = text.lines();
    Map<Integer, Line> lineOfNumber = new HashMap<>();
    Map<Integer, Line> names = new HashMap<>();
    for (Line line : lines) {
      Matcher matcher = pattern.matcher(line.text());
      if (!matcher.matches()) {
        throw text.refuse(line, "has no number, though most lines have one");
      }
      int its = Integer.parseInt(matcher.group(number));
      Line before = lineOfNumber.put(its, line);
      if (before != null) {
        throw text.refuse(line, "has the number of line " + before.number());
      }
      names.put(its, new Line(line.number(), unquoted(matcher.group(name))));
    }
    int first = names.containsKey(0) ? 0 : 1;
    List<Line> ordered = new ArrayList<>();
    for (int i = first; i < first + lines.size(); i++) {
      if (!names.containsKey(i)) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s numbers its %d classes, but none has the number %d; expected are numbers that"
                    + " count from 0 or 1 without a gap",
                text.where(),
                lines.size(),
                i));
      }
      ordered.add(names.get(i));
    }
    return new ClassNames(distinct(text, ordered), first);
  }

  /** Returns the names behind numbers that count in the order of the lines; null if they do not. */
  private static List<Line> perhapsNumbered(List<Line> lines) {
    List<Line> names = new ArrayList<>();
    Map<String, Line> seen = new HashMap<>();
    int next = first(lines);
    for (Line line : lines) {
      Matcher matcher = PERHAPS.matcher(line.text());
      if (!matcher.matches() || Integer.parseInt(matcher.group(1)) != next) {
        return null;
      }
      Line name = new Line(line.number(), matcher.group(2));
      if (seen.put(name.text(), name) != null) {
        return null;
      }
      names.add(name);
      next++;
    }
    return names;
  }

  private static int first(List<Line> lines) {
    return lines.get(0).text().startsWith("0") ? 0 : 1;
  }

  private static String unquoted(String name) {
    Matcher matcher = QUOTED.matcher(name);
    return matcher.matches() ? matcher.group(1).replace("\"\"", "\"") : name;
  }

  private static List<String> distinct(TextLines text, List<Line> lines) {
    Map<String, Line> seen = new HashMap<>();
    List<String> names = new ArrayList<>();
    for (Line line : lines) {
      Line before = seen.put(Normalizer.normalize(line.text(), Normalizer.Form.NFC), line);
      if (before != null) {
        throw text.refuse(
            line,
            before.text().equals(line.text())
                ? "is named in line " + before.number() + " already; each class needs its own name"
                : "is the name in line "
                    + before.number()
                    + " in another Unicode form; each class needs its own name");
      }
      names.add(line.text());
    }
    return names;
  }
}
