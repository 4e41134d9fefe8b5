package dev.convoy.data.prepare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a person has to be told of a dataset's classes, whatever its format. */
final class ClassNotices {
  private ClassNotices() {}

  /** Returns the notices, a sentence each. */
  static List<String> of(List<String> classes) {
    List<String> notices = new ArrayList<>();
    if (classes.size() == 1) {
      notices.add(
          "there is one class only, " + classes.get(0) + ": a network learns nothing of it");
    }
    Map<String, String> seen = new TreeMap<>();
    for (String name : classes) {
      String alike = seen.put(name.toLowerCase(Locale.ROOT), name);
      if (alike != null) {
        notices.add("the classes " + alike + " and " + name + " differ in capital letters only");
      }
    }
    return notices;
  }
}
