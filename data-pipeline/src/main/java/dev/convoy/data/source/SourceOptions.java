package dev.convoy.data.source;

import dev.convoy.data.DataException;
import java.util.ArrayList;
import java.util.List;

/**
 * How an input is to be understood where it does not tell.
 *
 * @param imageKey what holds the image: the ending of a WebDataset's member, the feature of a
 *     TFRecord; null for the usual one
 * @param labelKey the same of the label
 * @param firstLabel the number of the first class, 0 or 1; {@link #AUTO} for what the input says
 */
public record SourceOptions(String imageKey, String labelKey, int firstLabel) {
  /** In place of a first label. */
  public static final int AUTO = -1;

  /** Nothing is said. */
  public static final SourceOptions DEFAULT = new SourceOptions(null, null, AUTO);

  /** Checks the first label. */
  public SourceOptions {
    if (firstLabel != AUTO && firstLabel != 0 && firstLabel != 1) {
      throw new DataException("the first label is " + firstLabel + ", allowed are 0 and 1");
    }
  }

  /** Refuses keys, for a format whose images and labels have none. */
  public void refuseKeys(String format) {
    refuse(imageKey != null, "--image-key", format);
    refuse(labelKey != null, "--label-key", format);
  }

  /** Refuses whatever was said, for a format that tells everything. */
  void refuseAll(String format) {
    refuseKeys(format);
    refuse(firstLabel != AUTO, "--first-label", format);
  }

  private static void refuse(boolean given, String option, String format) {
    if (given) {
      throw new DataException(option + " has no meaning for the format " + format);
    }
  }

  /** Returns the first label that was said; else the one that the input says; or 0. */
  public int firstLabelOr(int known) {
    return firstLabel != AUTO ? firstLabel : Math.max(0, known);
  }

  /**
   * Adds to notices that labels are counted from 1, if they are.
   *
   * @param why they are, as in "as its list of classes is numbered"
   */
  public static List<String> firstLabelNotices(List<String> notices, int firstLabel, String why) {
    if (firstLabel == 0) {
      return notices;
    }
    List<String> all = new ArrayList<>(notices);
    all.add("the input's labels are counted from 1, " + why + " or --first-label");
    return all;
  }
}
