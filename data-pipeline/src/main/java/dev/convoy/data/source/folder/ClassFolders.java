package dev.convoy.data.source.folder;

import dev.convoy.data.Account;
import dev.convoy.data.DataException;
import dev.convoy.data.DataFolder;
import dev.convoy.data.FolderItem;
import dev.convoy.data.source.files.ImageNames;
import dev.convoy.data.source.files.Remainder;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A folder with a folder for each class, in the order of the classes' names.
 *
 * @param folder that holds them
 * @param classes the classes' folders
 * @param others what else lies there
 */
record ClassFolders(DataFolder folder, List<FolderItem> classes, List<FolderItem> others) {
  private static final int NAMED = 5;

  /** Looks at a folder, not into those of the classes. */
  static ClassFolders in(DataFolder folder) throws IOException {
    Map<Boolean, List<FolderItem>> items =
        folder.items().stream()
            .collect(
                Collectors.partitioningBy(item -> item.isFolder() && !Remainder.passesOver(item)));
    return new ClassFolders(folder, items.get(true), items.get(false));
  }

  /**
   * Returns the classes' names.
   *
   * @throws DataException if two are one name to a person, or one class by a link, or not printable
   */
  List<String> names() {
    Map<Object, FolderItem> seen = new HashMap<>();
    for (FolderItem item : classes) {
      if (item.name().chars().anyMatch(Character::isISOControl)) {
        throw new DataException(
            folder
                + " has the class "
                + bytes(item)
                + " with a control character in its name;"
                + " rename it");
      }
      FolderItem same = seen.put(item.name(), item);
      if (same != null) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s holds two folders of the class %s, whose names are the same text in two Unicode"
                    + " forms (%s and %s); move the images into one of them",
                folder,
                item.name(),
                bytes(same),
                bytes(item)));
      }
      FolderItem linked = item.identity() == null ? null : seen.put(item.identity(), item);
      if (linked != null) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "the classes %s and %s in %s are one folder by a link, so each image would have two"
                    + " labels",
                linked.name(),
                item.name(),
                folder));
      }
    }
    return classes.stream().map(FolderItem::name).toList();
  }

  /** Returns the folder of a class. */
  Optional<FolderItem> named(String name) {
    return classes.stream().filter(item -> item.name().equals(name)).findFirst();
  }

  /** Counts what lies beside the classes. */
  void countOthers(Remainder remainder) {
    others.forEach(item -> remainder.count(item, "beside the folders of classes"));
  }

  /** Returns whether images lie in the folder itself. */
  boolean hasImages() {
    return others.stream().anyMatch(item -> item.isFile() && ImageNames.isImage(item.name()));
  }

  /** Returns what lies beside the classes, for messages: {@code (ending .ppm 8, ending .txt 1)}. */
  String held() {
    Account account = new Account();
    Remainder remainder = new Remainder(folder, account);
    others.forEach(item -> remainder.count(item, Remainder.ending(item)));
    return account.isEmpty() ? "it is empty" : "it holds: " + account;
  }

  /** Returns the names of some folders, for messages; not all of many. */
  static String names(List<FolderItem> items) {
    String first =
        items.stream().limit(NAMED).map(FolderItem::name).collect(Collectors.joining(", "));
    return items.size() <= NAMED ? first : first + " and " + (items.size() - NAMED) + " more";
  }

  /** Returns a name with its bytes as in a URI, which tell Unicode forms apart. */
  private static String bytes(FolderItem item) {
    // URI's own encoding makes the two forms one.
    return URLEncoder.encode(item.path().getName(), StandardCharsets.UTF_8).replace("+", "%20");
  }
}
