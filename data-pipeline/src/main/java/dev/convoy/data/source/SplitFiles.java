package dev.convoy.data.source;

import dev.convoy.data.Account;
import dev.convoy.data.DataException;
import dev.convoy.data.DataFolder;
import dev.convoy.data.Split;
import dev.convoy.data.text.TextLines;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileStatus;

/**
 * The files of each split, in the order of their names: those in folders called {@code train} and
 * {@code validation} or the like, or else those whose names have such a word ({@link SplitWord}):
 * {@code train-000000.tar}, {@code imagenet1k-validation-00.tar}, {@code mnist-test.tfrecord-…}.
 */
final class SplitFiles {
  private static final int SHOWN = 6;
  private static final List<String> PACKED = List.of(".gz", ".bz2", ".xz", ".zst", ".lz4");

  private final DataFolder folder;
  private final Map<SplitWord, List<FileStatus>> found = new EnumMap<>(SplitWord.class);
  private final List<FileStatus> noSplit = new ArrayList<>();
  private final Account others = new Account();

  /**
   * Looks at a folder.
   *
   * @param example a usual name, for messages
   * @param wanted tells from a name in lower case whether the format has such files
   * @throws DataException if there are no training files, or it cannot be told which they are
   */
  SplitFiles(DataFolder folder, String example, Predicate<String> wanted) throws IOException {
    this.folder = folder;
    List<FileStatus> children = folder.children();
    for (FileStatus child : children) {
      String name = child.getPath().getName();
      if (child.isDirectory()) {
        for (SplitWord word : SplitWord.values()) {
          if (word.is(name)) {
            add(word, folder.folder(name).orElseThrow().children(), wanted);
          }
        }
      }
    }
    if (found.getOrDefault(SplitWord.TRAIN, List.of()).isEmpty()) {
      found.clear();
      addByName(children, wanted);
    } else {
      addByNameAsNoSplit(children, wanted);
    }
    if (!found.containsKey(SplitWord.TRAIN)) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s has no training files: none is called like %s or lies in a folder train; there"
                  + " %s",
              folder,
              example,
              lying(children)));
    }
  }

  private void add(SplitWord word, List<FileStatus> files, Predicate<String> wanted) {
    for (FileStatus file : files) {
      if (isTaken(file, wanted)) {
        found.computeIfAbsent(word, w -> new ArrayList<>()).add(file);
      }
    }
  }

  private void addByName(List<FileStatus> children, Predicate<String> wanted) {
    for (FileStatus child : children) {
      List<SplitWord> words = SplitWord.in(child.getPath().getName());
      if (words.isEmpty() && child.isFile() && wanted.test(lower(child))) {
        noSplit.add(child);
      } else if (!words.isEmpty() && isTaken(child, wanted)) {
        if (words.size() > 1) {
          throw new DataException(
              child.getPath() + " has words of several splits in its name; rename it");
        }
        found.computeIfAbsent(words.get(0), w -> new ArrayList<>()).add(child);
      }
    }
    found.forEach(this::requireOneDataset);
  }

  private void addByNameAsNoSplit(List<FileStatus> children, Predicate<String> wanted) {
    for (FileStatus child : children) {
      if (child.isFile() && wanted.test(lower(child))) {
        boolean named = !SplitWord.in(child.getPath().getName()).isEmpty();
        if (named) {
          others.count("files beside the folders of the splits", child.getPath().getName());
        }
      }
    }
  }

  /** Hidden files, as Hadoop and Spark leave them, are none; nor are those of other kinds. */
  private boolean isTaken(FileStatus file, Predicate<String> wanted) {
    String name = file.getPath().getName();
    if (!file.isFile()) {
      return false;
    }
    if (name.startsWith("_") || Clutter.isIn(name)) {
      others.count("hidden", name);
      return false;
    }
    if (!wanted.test(lower(file))) {
      others.count(Endings.reason(name), name);
      return false;
    }
    return true;
  }

  private static String lower(FileStatus file) {
    return file.getPath().getName().toLowerCase(Locale.ROOT);
  }

  private void requireOneDataset(SplitWord word, List<FileStatus> files) {
    Set<String> prefixes = new TreeSet<>();
    files.forEach(file -> prefixes.add(word.before(file.getPath().getName())));
    if (prefixes.size() > 1) {
      throw new DataException(
          folder
              + " seems to hold several datasets, whose names begin with "
              + prefixes.stream()
                  .limit(SHOWN)
                  .map(p -> "'" + p + "'")
                  .collect(Collectors.joining(", "))
              + "; put each into a folder of its own");
    }
  }

  private static String lying(List<FileStatus> children) {
    if (children.isEmpty()) {
      return "is nothing";
    }
    String names =
        children.stream()
            .limit(SHOWN)
            .map(
                child ->
                    TextLines.shown(child.getPath().getName()) + (child.isDirectory() ? "/" : ""))
            .collect(Collectors.joining(", "));
    int more = children.size() - SHOWN;
    return "is " + names + (more > 0 ? String.format(Locale.ROOT, " and %,d more", more) : "");
  }

  /** The input. */
  DataFolder folder() {
    return folder;
  }

  /**
   * URIs of the files of a split; empty if the split is not there.
   *
   * @param leftOut counts files that no split has
   */
  List<String> of(Split split, Account leftOut) {
    List<String> files = new ArrayList<>();
    SplitWord taken = taken(split);
    for (SplitWord word : SplitWord.values()) {
      if (word.split() == split) {
        for (FileStatus file : found.getOrDefault(word, List.of())) {
          String name = file.getPath().getName();
          if (word != taken) {
            leftOut.count("files of another split than is taken", name);
          } else if (isPackedCopy(file, found.get(word))) {
            leftOut.count("packed copies of files beside them", name);
          } else {
            files.add(file.getPath().toString());
          }
        }
      }
    }
    if (split == Split.TRAIN) {
      leftOut.add(others);
      noSplit.forEach(file -> leftOut.count("files of no split", file.getPath().getName()));
    }
    return files;
  }

  private SplitWord taken(Split split) {
    for (SplitWord word : SplitWord.values()) {
      if (word.split() == split && found.containsKey(word)) {
        return word;
      }
    }
    return null;
  }

  private static boolean isPackedCopy(FileStatus file, List<FileStatus> others) {
    String path = file.getPath().toString();
    return PACKED.stream()
        .filter(path::endsWith)
        .map(ending -> path.substring(0, path.length() - ending.length()))
        .anyMatch(plain -> others.stream().anyMatch(o -> o.getPath().toString().equals(plain)));
  }

  /** What a person has to be told of the choice. */
  List<String> notices() {
    return taken(Split.VALIDATION) == SplitWord.TEST
        ? List.of("the test images stand in for validation: there are no files called validation")
        : List.of();
  }
}
