package dev.convoy.data.source.files;

import dev.convoy.data.Account;
import dev.convoy.data.DataException;
import dev.convoy.data.DataFolder;
import dev.convoy.data.FolderItem;
import dev.convoy.data.Split;
import dev.convoy.data.text.TextLines;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The files of each split, in the order of their names: those in folders called {@code train} and
 * {@code validation} or the like, or else those whose names have such a word ({@link SplitName}):
 * {@code train-000000.tar}, {@code imagenet1k-validation-00.tar}, {@code mnist-test.tfrecord-…}.
 */
public final class SplitFiles {
  private static final int SHOWN = 6;
  private static final List<String> PACKED = List.of(".gz", ".bz2", ".xz", ".zst", ".lz4");

  private final DataFolder folder;
  private final Predicate<String> wanted;
  private final Map<SplitName, List<String>> found = new EnumMap<>(SplitName.class);
  private final Account leftOut = new Account();
  private final Remainder remainder;

  /**
   * Looks at a folder.
   *
   * @param example a usual name, for messages
   * @param wanted tells from a name in lower case whether the format has such files
   * @throws DataException if there are no training files, or it cannot be told which they are
   */
  public SplitFiles(DataFolder folder, String example, Predicate<String> wanted)
      throws IOException {
    this.folder = folder;
    this.wanted = wanted;
    remainder = new Remainder(folder, leftOut);
    List<FolderItem> items = folder.items();
    lookIntoFolders(items);
    boolean folders = found.containsKey(SplitName.TRAIN);
    if (!folders) {
      found.clear();
    }
    lookAtNames(items, folders);
    if (!found.containsKey(SplitName.TRAIN)) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s has no training files: none is called like %s or lies in a folder train; there"
                  + " %s",
              folder,
              example,
              lying(items)));
    }
  }

  private void lookIntoFolders(List<FolderItem> items) throws IOException {
    for (FolderItem item : items) {
      Optional<SplitName> split = SplitName.of(item.name());
      if (item.isFolder() && split.isPresent()) {
        for (FolderItem file : folder.enter(item).items()) {
          add(split.get(), file);
        }
      }
    }
  }

  /** Takes files by their names, or counts them if the splits have folders. */
  private void lookAtNames(List<FolderItem> items, boolean folders) {
    for (FolderItem item : items) {
      List<SplitName> splits = SplitName.in(item.name());
      boolean file = item.isFile() && isWanted(item);
      if (folders && file && !splits.isEmpty()) {
        remainder.count(item, "files beside the folders of the splits");
      } else if (!folders && !item.isFolder() && splits.size() == 1) {
        add(splits.get(0), item);
      } else if (!folders && file && splits.size() > 1) {
        throw new DataException(
            item.path() + " has words of several splits in its name; rename it");
      } else if (!folders && file) {
        remainder.count(item, "files of no split");
      }
    }
    if (!folders) {
      found.forEach(this::requireOneDataset);
    }
  }

  private void add(SplitName split, FolderItem item) {
    if (isWanted(item) && item.isFile()) {
      found.computeIfAbsent(split, name -> new ArrayList<>()).add(item.path().toString());
    } else {
      remainder.count(item, Remainder.ending(item));
    }
  }

  /**
   * Returns whether a file is one of the format's; hidden files, as Hadoop and Spark leave them,
   * are not.
   */
  private boolean isWanted(FolderItem item) {
    return !Remainder.passesOver(item)
        && !item.name().startsWith("_")
        && wanted.test(item.name().toLowerCase(Locale.ROOT));
  }

  private void requireOneDataset(SplitName split, List<String> files) {
    TreeSet<String> prefixes = new TreeSet<>();
    files.forEach(file -> prefixes.add(split.before(name(file))));
    if (prefixes.size() > 1) {
      throw new DataException(
          folder
              + " seems to hold several datasets, whose names begin with "
              + prefixes.stream()
                  .limit(SHOWN)
                  .map(prefix -> "'" + prefix + "'")
                  .collect(Collectors.joining(", "))
              + "; put each into a folder of its own");
    }
  }

  private static String name(String file) {
    return file.substring(file.lastIndexOf('/') + 1);
  }

  private static String lying(List<FolderItem> items) {
    if (items.isEmpty()) {
      return "is nothing";
    }
    String names =
        items.stream()
            .limit(SHOWN)
            .map(item -> TextLines.shown(item.name()) + (item.isFolder() ? "/" : ""))
            .collect(Collectors.joining(", "));
    int more = items.size() - SHOWN;
    return "is " + names + (more > 0 ? String.format(Locale.ROOT, " and %,d more", more) : "");
  }

  /** Returns the input. */
  DataFolder folder() {
    return folder;
  }

  /**
   * Returns the URIs of the files of a split; empty if the split is not there.
   *
   * @param account counts files that no split has
   */
  public List<String> of(Split split, Account account) {
    if (split == Split.TRAIN) {
      account.add(leftOut);
      return unpacked(SplitName.TRAIN, account);
    }
    if (!found.containsKey(SplitName.VALIDATION)) {
      return unpacked(SplitName.TEST, account);
    }
    for (String file : found.getOrDefault(SplitName.TEST, List.of())) {
      account.count("test files", name(file));
    }
    return unpacked(SplitName.VALIDATION, account);
  }

  /** Returns the files of a split, but for those that lie there both packed and unpacked. */
  private List<String> unpacked(SplitName split, Account account) {
    List<String> all = found.getOrDefault(split, List.of());
    List<String> files = new ArrayList<>();
    for (String file : all) {
      boolean copy =
          PACKED.stream()
              .filter(file::endsWith)
              .map(ending -> file.substring(0, file.length() - ending.length()))
              .anyMatch(all::contains);
      if (copy) {
        account.count("packed copies of files beside them", name(file));
      } else {
        files.add(file);
      }
    }
    return files;
  }

  /** Returns what a person has to be told of the choice. */
  List<String> notices() {
    if (!found.containsKey(SplitName.TEST)) {
      return List.of();
    }
    return List.of(
        found.containsKey(SplitName.VALIDATION)
            ? "the test files are left out: there are files for validation"
            : "the test files stand in for validation: there are no files for it");
  }
}
