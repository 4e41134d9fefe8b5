package dev.convoy.data;

import java.text.Normalizer;
import java.util.Comparator;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * An entry of a folder: a file, a folder, or something else.
 *
 * @param path where it is
 * @param kind what it is
 * @param status of a file or a folder, null of anything else
 * @param identity equal for two names of one folder, such as links to it; null where the file
 *     system has no links
 */
public record FolderItem(Path path, Kind kind, FileStatus status, Object identity) {
  /**
   * By {@link #name}, so that neither the file system's order nor the Unicode form in which it
   * keeps names counts.
   */
  public static final Comparator<FolderItem> BY_NAME =
      Comparator.comparing(FolderItem::name).thenComparing(item -> item.path().getName());

  /** The kinds of entries. A link is of the kind that it leads to. */
  public enum Kind {
    /** A file with content. */
    FILE,
    /** A folder. */
    FOLDER,
    /** A link to something that is not there. */
    DANGLING_LINK,
    /** A link that leads back to itself. */
    LINK_LOOP,
    /** A device, pipe or socket. */
    SPECIAL_FILE
  }

  /** A file or folder of a file system without links. */
  static FolderItem of(FileStatus status) {
    Kind kind = status.isDirectory() ? Kind.FOLDER : Kind.FILE;
    return new FolderItem(status.getPath(), kind, status, null);
  }

  /**
   * Returns the name in Unicode's composed form (NFC): one text for what people see as one text.
   */
  public String name() {
    return composed(path.getName());
  }

  /** Returns whether it is a folder. */
  public boolean isFolder() {
    return kind == Kind.FOLDER;
  }

  /** Returns whether it is a file with content. */
  public boolean isFile() {
    return kind == Kind.FILE;
  }

  /** Returns whether its name begins with a dot. */
  public boolean isHidden() {
    return path.getName().startsWith(".");
  }

  /**
   * Returns a name in Unicode's composed form. Some systems keep é as one character, others as two
   * (e and an accent): the same name to a person, and other bytes.
   */
  public static String composed(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC);
  }
}
