package dev.convoy.data.source;

import dev.convoy.data.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Words by which the names of files and folders tell their split. Of several kinds of validation
 * images the first here is taken.
 */
enum SplitWord {
  TRAIN(Split.TRAIN, "train(?:ing)?|trn"),
  VALIDATION(Split.VALIDATION, "val(?:id(?:ation)?)?"),
  DEVELOPMENT(Split.VALIDATION, "dev|eval"),
  TEST(Split.VALIDATION, "test(?:ing)?");

  private final Split split;
  private final Pattern whole;
  private final Pattern within;

  SplitWord(Split split, String words) {
    this.split = split;
    whole = Pattern.compile(words, Pattern.CASE_INSENSITIVE);
    within = Pattern.compile("(?<![a-z])(?:" + words + ")(?![a-z])", Pattern.CASE_INSENSITIVE);
  }

  /** The split whose images are called so. */
  Split split() {
    return split;
  }

  /** The words that are in a name, divided from the rest by anything but letters. */
  static List<SplitWord> in(String name) {
    List<SplitWord> found = new ArrayList<>();
    for (SplitWord word : values()) {
      if (word.within.matcher(name).find()) {
        found.add(word);
      }
    }
    return found;
  }

  /** Whether a name is one of the words. */
  boolean is(String name) {
    return whole.matcher(name).matches();
  }

  /** What stands before the word in a name that has it, numbers aside. */
  String before(String name) {
    Matcher matcher = within.matcher(name);
    return matcher.find() ? name.substring(0, matcher.start()).replaceAll("[0-9]+", "#") : name;
  }
}
