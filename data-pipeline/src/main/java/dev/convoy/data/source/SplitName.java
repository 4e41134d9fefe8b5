package dev.convoy.data.source;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What part of a dataset a folder is by its name, in whatever case. */
enum SplitName {
  /** {@code train}, {@code Training}, {@code training_set} … */
  TRAIN("train|training"),
  /** {@code val}, {@code valid}, {@code Validation}, {@code dev} … */
  VALIDATION("val|valid|validation|dev"),
  /** {@code test}, {@code Testing}, {@code evaluation} …: what many datasets validate with. */
  TEST("test|testing|eval|evaluation|holdout");

  private final Pattern pattern;

  SplitName(String words) {
    pattern =
        Pattern.compile("(?:seg[ _-])?(?:" + words + ")(?:[ _-]?(?:set|split|data|images|imgs))?");
  }

  /** In messages. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The split that a folder is named after. */
  static Optional<SplitName> of(String folder) {
    String lower = folder.toLowerCase(Locale.ROOT);
    for (SplitName split : values()) {
      if (split.pattern.matcher(lower).matches()) {
        return Optional.of(split);
      }
    }
    return Optional.empty();
  }
}
