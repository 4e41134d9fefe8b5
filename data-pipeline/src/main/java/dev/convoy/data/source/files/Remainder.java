package dev.convoy.data.source.files;

import dev.convoy.data.Account;
import dev.convoy.data.DataFolder;
import dev.convoy.data.FolderItem;

/** Counts what a folder holds that is not taken, by its path in the input. */
public final class Remainder {
  public static final String LOOPS = "loops of links";

  private final String root;
  private final Account account;

  /**
   * @param input the folder that names are relative to
   * @param account what is counted in
   */
  public Remainder(DataFolder input, Account account) {
    this.root = input.path().toUri().getPath();
    this.account = account;
  }

  /** Returns whether an item is passed over wherever it lies, without a look into it. */
  public static boolean passesOver(FolderItem item) {
    return reason(item) != null;
  }

  private static String reason(FolderItem item) {
    return switch (item.kind()) {
      case DANGLING_LINK -> "dangling links";
      case LINK_LOOP -> LOOPS;
      case SPECIAL_FILE -> "devices, pipes and sockets";
      case FILE, FOLDER -> reason(item.path().getName());
    };
  }

  /** Returns why a path is passed over: a part of it is hidden or a system's; null if none is. */
  static String reason(String path) {
    for (String part : path.split("/", -1)) {
      if (SystemItems.has(part)) {
        return "system files and folders";
      }
      if (part.startsWith(".") && !part.equals(".") && !part.equals("..")) {
        return "hidden files and folders";
      }
    }
    return null;
  }

  /** Returns the reason of a file that is no image as far as its name tells. */
  public static String ending(FolderItem item) {
    if (item.isFile() && item.status().getLen() == 0) {
      return "empty files";
    }
    return Endings.reason(item.name());
  }

  /** Counts an item: under what it is, if that is passed over everywhere, else as it is said. */
  public void count(FolderItem item, String otherwise) {
    String reason = reason(item);
    account.count(
        reason == null ? otherwise : reason, item.isFolder() ? name(item) + "/" : name(item));
  }

  /**
   * Returns the path of an item in the input, in the composed form: the same wherever the input
   * lies.
   */
  public String name(FolderItem item) {
    String path = item.path().toUri().getPath().substring(root.length());
    return FolderItem.composed(path.startsWith("/") ? path.substring(1) : path);
  }
}
