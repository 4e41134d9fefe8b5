package dev.convoy.data;

import dev.convoy.data.text.TextLines;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
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
   * A folder that need not exist.
   *
   * @throws DataException if the URI is not one, or nobody serves its scheme or host
   */
  public static DataFolder at(Configuration hadoop, String uri) throws IOException {
    Path path = StoragePath.of(uri);
    FileSystem files = StoragePath.fileSystem(path, hadoop);
    // Every format here has checksums of its own. Hadoop's for local files would add a hidden
    // file beside each, and would reopen both files for every positioned read.
    if (files instanceof ChecksumFileSystem checksummed) {
      files = checksummed.getRawFileSystem();
    }
    return new DataFolder(files, files.makeQualified(path));
  }

  /** A folder that exists. */
  public static DataFolder existing(Configuration hadoop, String uri) throws IOException {
    DataFolder folder = at(hadoop, uri);
    FileStatus status;
    try {
      status = folder.files.getFileStatus(folder.path);
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

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** What it is on. */
  public FileSystem files() {
    return files;
  }

  /** The path of something in it. */
  public Path resolve(String name) {
    return StoragePath.child(path, name);
  }

  /** Whether it holds a file of that name. */
  public boolean has(String name) throws IOException {
    try {
      return files.getFileStatus(resolve(name)).isFile();
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  /** What lies in it, sorted by name; hidden files and folders are left out. */
  public List<FileStatus> children() throws IOException {
    FileStatus[] found = files.listStatus(path);
    return Arrays.stream(found)
        .filter(child -> !child.getPath().getName().startsWith("."))
        .sorted(Comparator.comparing(child -> child.getPath().getName()))
        .toList();
  }

  /** A folder in it, or nothing. */
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
   * The lines of a small text file in it.
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

  /** Its path as a user writes it. */
  @Override
  public String toString() {
    return path.toString();
  }
}
