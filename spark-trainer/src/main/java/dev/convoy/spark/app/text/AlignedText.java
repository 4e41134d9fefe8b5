package dev.convoy.spark.app.text;

import java.util.List;

/** Cells as aligned text: some columns of texts, then columns of numbers, which end together. */
public final class AlignedText {
  private AlignedText() {}

  /**
   * Returns one line for each row.
   *
   * @param texts how many columns stand at the left
   */
  public static List<String> of(List<List<String>> cells, int texts) {
    int columns = cells.get(0).size();
    int[] widths = new int[columns];
    for (List<String> line : cells) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    return cells.stream().map(line -> line(line, widths, texts)).toList();
  }

  private static String line(List<String> line, int[] widths, int texts) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String blanks = " ".repeat(widths[i] - line.get(i).length());
      text.append(i < texts ? line.get(i) + blanks : blanks + line.get(i));
      text.append("  ");
    }
    return text.toString().stripTrailing();
  }
}
