package dev.convoy.data.source.files;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What part of a dataset a folder or file is by its name, in whatever case. */
public enum SplitName {
  /** {@code train}, {@code Training}, {@code training_set} … */
  TRAIN("train|training"),
  /** {@code val}, {@code valid}, {@code Validation}, {@code dev} … */
  VALIDATION("val|valid|validation|dev"),
  /** {@code test}, {@code Testing}, {@code evaluation} …: what many datasets validate with. */
  TEST("test|testing|eval|evaluation|holdout");

  private final Pattern pattern;
  private final Pattern within;

  SplitName(String words) {
    within = Pattern.compile("(?<![a-z])(?:" + words + ")(?![a-z])");
    pattern =
        Pattern.compile("(?:seg[ _-])?(?:" + words + ")(?:[ _-]?(?:set|split|data|images|imgs))?");
  }

  /** Returns the word that messages use. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the split that a folder is named after. */
  public static Optional<SplitName> of(String folder) {
    String lower = folder.toLowerCase(Locale.ROOT);
    for (SplitName split : values()) {
      if (split.pattern.matcher(lower).matches()) {
        return Optional.of(split);
      }
    }
    return Optional.empty();
  }

  /**
   * Returns the splits that a file is named after, by words that anything but letters divides from
   * the rest: {@code imagenet1k-train-0000.tar}.
   */
  static List<SplitName> in(String file) {
    String lower = file.toLowerCase(Locale.ROOT);
    return Stream.of(values()).filter(split -> split.within.matcher(lower).find()).toList();
  }

  /** Returns what stands before the word in the name of a file that has it, numbers aside. */
  String before(String file) {
    Matcher matcher = within.matcher(file.toLowerCase(Locale.ROOT));
    return matcher.find() ? file.substring(0, matcher.start()).replaceAll("[0-9]+", "#") : file;
  }
}
