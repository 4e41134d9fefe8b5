package dev.convoy.data;

import dev.convoy.data.store.Stores;
import dev.convoy.data.text.TextLines;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.security.AccessControlException;

/**
 * A folder of data on whatever file system its URI names; a path without a scheme is one of
 * Hadoop's default file system, which is the local one unless the cluster says otherwise.
 */
public final class DataFolder {
  private static final int LARGEST_TEXT = 64 << 20;

  private final FileSystem files;
  private final Path path;

  private DataFolder(FileSystem files, Path path) {
    this.files = files;
    this.path = path;
  }

  /**
   * Returns a folder that need not exist.
   *
   * @throws DataException if the URI is not one, or no file system serves its scheme or host
   */
  public static DataFolder at(Configuration hadoop, String uri) throws IOException {
    Path path = StoragePath.of(uri);
    FileSystem files = StoragePath.fileSystem(path, hadoop);
    if (files instanceof RawLocalFileSystem) {
      LocalFiles.requireName(path);
    }
    return new DataFolder(files, files.makeQualified(path));
  }

  /** Returns a folder that exists. */
  public static DataFolder existing(Configuration hadoop, String uri) throws IOException {
    DataFolder folder = at(hadoop, uri);
    FileStatus status;
    try {
      status = Stores.ask(hadoop, uri, (files, path) -> files.getFileStatus(path));
    } catch (FileNotFoundException e) {
      throw new DataException("there is no data folder " + folder, e);
    } catch (AccessControlException e) {
      throw new DataException("the data folder " + folder + " may not be read", e);
    }
    if (!status.isDirectory()) {
      throw new DataException(folder + " is a file, but a data folder is needed");
    }
    return folder;
  }

  /** Returns the folder's path. */
  public Path path() {
    return path;
  }

  /** Returns the file system that the folder is on. */
  public FileSystem files() {
    return files;
  }

  /** Returns the path of something in it, whose name may have colons. */
  public Path resolve(String name) {
    return StoragePath.child(path, name);
  }

  /** Returns whether it holds a file of that name. */
  public boolean has(String name) throws IOException {
    try {
      return files.getFileStatus(resolve(name)).isFile();
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  /**
   * Returns everything that lies in it, {@link FolderItem#BY_NAME}.
   *
   * @throws DataException if it, or a name in it, cannot be read
   */
  public List<FolderItem> items() throws IOException {
    try {
      Stream<FolderItem> found =
          files instanceof RawLocalFileSystem local
              ? LocalFiles.list(local, path).stream()
              : Stream.of(files.listStatus(path)).map(FolderItem::of);
      return found.sorted(FolderItem.BY_NAME).toList();
    } catch (AccessControlException e) {
      throw new DataException("the folder " + path + " may not be read by this user", e);
    }
  }

  /** Returns the files and folders in it, sorted by name; hidden ones are left out. */
  public List<FileStatus> children() throws IOException {
    return items().stream()
        .filter(item -> item.status() != null && !item.isHidden())
        .map(FolderItem::status)
        .toList();
  }

  /**
   * Returns what {@link FolderItem#identity} is of the folder itself and of all that it lies in,
   * from the inside out; empty where the file system has no links.
   */
  public List<Object> identities() throws IOException {
    return files instanceof RawLocalFileSystem local
        ? LocalFiles.identities(local, path)
        : List.of();
  }

  /** Returns a folder of the same file system, by its whole path. */
  public DataFolder elsewhere(String whole) {
    return new DataFolder(files, new Path(whole));
  }

  /** Returns a folder in it that was found there. */
  public DataFolder enter(FolderItem item) {
    return new DataFolder(files, item.path());
  }

  /** Returns a folder in it, or nothing. */
  public Optional<DataFolder> folder(String name) throws IOException {
    Path child = resolve(name);
    try {
      return files.getFileStatus(child).isDirectory()
          ? Optional.of(new DataFolder(files, child))
          : Optional.empty();
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  /**
   * Returns the lines of a small text file in it.
   *
   * @throws DataException if it is no text
   */
  public TextLines text(String name) throws IOException {
    try (InputStream in = open(name)) {
      byte[] bytes = in.readNBytes(LARGEST_TEXT);
      if (bytes.length == LARGEST_TEXT) {
        throw new DataException(resolve(name) + " has 64 MiB or more, too many for a text");
      }
      return TextLines.decode(bytes, resolve(name).toString());
    }
  }

  /** Opens a file in it. */
  public FSDataInputStream open(String name) throws IOException {
    try {
      return files.open(resolve(name));
    } catch (FileNotFoundException | AccessControlException e) {
      throw new DataException(resolve(name) + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Returns its path as a user writes it. */
  @Override
  public String toString() {
    return path.toString();
  }
}
