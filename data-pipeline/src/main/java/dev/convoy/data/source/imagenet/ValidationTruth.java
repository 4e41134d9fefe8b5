package dev.convoy.data.source.imagenet;

import dev.convoy.data.DataException;
import dev.convoy.data.source.folder.Truth;
import dev.convoy.data.text.TextLines;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The class of each of ImageNet's validation images, whose names number them from 1.
 *
 * @param wnids the classes' WordNet identifiers, the first image's first
 * @param where the file that tells, for messages
 */
record ValidationTruth(List<String> wnids, String where) implements Truth {
  /** As Kaggle hands it out: {@code ILSVRC2012_val_00000001,n01751748 111 108 441 193}. */
  static final String SOLUTION = "LOC_val_solution.csv";

  private static final Pattern IMAGE = Pattern.compile("(?:.*/)?ILSVRC2012_val_(\\d{8})\\.JPEG");
  private static final Pattern LINE =
      Pattern.compile("ILSVRC2012_val_(\\d{8}),(n\\d{8})(?:\\s.*)?");

  private static final Pattern HEADING = Pattern.compile("[A-Za-z]+,[A-Za-z]+");

  /** Reads {@link #SOLUTION}: perhaps a heading, then a line an image in any order. */
  static ValidationTruth parse(TextLines text) {
    TreeMap<Integer, String> wnids = new TreeMap<>();
    for (TextLines.Line line : text.lines()) {
      Matcher matcher = LINE.matcher(line.text());
      if (matcher.matches()) {
        if (wnids.put(Integer.valueOf(matcher.group(1)), matcher.group(2)) != null) {
          throw text.refuse(line, "tells of an image that an earlier line has told of");
        }
      } else if (line.number() > 1 || !HEADING.matcher(line.text()).matches()) {
        throw text.refuse(line, "is not like 'ILSVRC2012_val_00000001,n01751748 111 108 441 193'");
      }
    }
    if (wnids.isEmpty() || wnids.firstKey() != 1 || wnids.lastKey() != wnids.size()) {
      throw new DataException(text.where() + " does not tell of every image from 1 on");
    }
    return new ValidationTruth(new ArrayList<>(wnids.values()), text.where());
  }

  @Override
  public int images() {
    return wnids.size();
  }

  @Override
  public String classOf(String name, Object holder) {
    Matcher matcher = IMAGE.matcher(name);
    int number = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    if (number < 1 || number > images()) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s has %s, but %s tells of ILSVRC2012_val_00000001.JPEG to %08d",
              holder,
              name,
              where,
              images()));
    }
    return wnids.get(number - 1);
  }
}
