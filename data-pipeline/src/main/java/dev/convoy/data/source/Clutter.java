package dev.convoy.data.source;

import java.util.List;
import java.util.Locale;

/** Files that systems leave among the files of people, told by their names. */
final class Clutter {
  private static final List<String> NAMES =
      List.of("__macosx", "thumbs.db", "desktop.ini", "@eadir", "$recycle.bin", "icon\r");

  private static final String PAX_HEADERS = "paxheaders";

  private Clutter() {}

  /** Whether a part of the path is hidden, as names that begin with a dot are, or a system's. */
  static boolean isIn(String path) {
    for (String part : path.split("/", -1)) {
      String lower = part.toLowerCase(Locale.ROOT);
      boolean hidden = part.startsWith(".") && !part.equals(".") && !part.equals("..");
      if (hidden || NAMES.contains(lower) || lower.startsWith(PAX_HEADERS)) {
        return true;
      }
    }
    return false;
  }
}
