package dev.convoy.data.source;

import java.util.List;
import java.util.Locale;

/** Which files are images, by their names. */
final class ImageNames {
  private static final List<String> ENDINGS = List.of(".jpg", ".jpeg", ".png", ".gif", ".bmp");

  private ImageNames() {}

  /** Whether a name has an image's ending, in whatever case. */
  static boolean isImage(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return ENDINGS.stream().anyMatch(lower::endsWith);
  }
}
