package dev.convoy.data.idx;

import dev.convoy.data.DataException;
import dev.convoy.data.DataFolder;
import dev.convoy.data.Split;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds the files of a split by their names: MNIST's own, {@code train-images-idx3-ubyte}, or what
 * became of them, {@code t10k-images.idx3-ubyte}, {@code emnist-letters-test-images-idx3-ubyte.gz}.
 */
final class IdxNames {
  private static final Pattern NAME =
      Pattern.compile(
          "(.*[-_.])?(train|t10k|test|val(?:id(?:ation)?)?)[-_.](images?|labels?)[-_.]idx[13][-_.]?u?"
              + "byte(\\.gz)?");

  private static final String GZIP = ".gz";
  private static final int SHOWN = 8;

  private IdxNames() {}

  /**
   * Returns the file with a split's images or labels; of a plain one and a packed one beside it the
   * plain.
   *
   * @param official its usual name
   * @throws DataException if there is none, or it cannot be told which it is
   */
  static String find(DataFolder folder, Split split, boolean images, String official)
      throws IOException {
    if (folder.has(official)) {
      return official;
    }
    if (folder.has(official + GZIP)) {
      return official + GZIP;
    }
    List<String> lying =
        folder.children().stream()
            .filter(child -> child.isFile())
            .map(child -> child.getPath().getName())
            .toList();
    TreeMap<String, String> found = new TreeMap<>();
    for (String name : lying) {
      Matcher matcher = NAME.matcher(name.toLowerCase(Locale.ROOT));
      if (matcher.matches()
          && matcher.group(2).equals("train") == (split == Split.TRAIN)
          && matcher.group(3).startsWith("image") == images) {
        String plain = matcher.group(4) == null ? name : name.substring(0, name.length() - 3);
        found.merge(plain, name, (a, b) -> a.length() < b.length() ? a : b);
      }
    }
    if (found.size() > 1) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "the folder %s has several files for %s: %s; put each dataset into a folder of its own",
              folder,
              official,
              String.join(", ", found.values())));
    }
    if (found.isEmpty()) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "the folder %s has neither %s nor %s; it has %s",
              folder,
              official,
              official + GZIP,
              shown(lying)));
    }
    return found.firstEntry().getValue();
  }

  private static String shown(List<String> names) {
    List<String> some = new ArrayList<>(names.subList(0, Math.min(SHOWN, names.size())));
    if (names.size() > SHOWN) {
      some.add("…");
    }
    return some.isEmpty() ? "no files" : some.stream().collect(Collectors.joining(", "));
  }

  /** Returns what stands before the split's word: the dataset's name, if the files have one. */
  static String dataset(String name) {
    Matcher matcher = NAME.matcher(name.toLowerCase(Locale.ROOT));
    return matcher.matches() && matcher.group(1) != null ? matcher.group(1) : "";
  }
}
