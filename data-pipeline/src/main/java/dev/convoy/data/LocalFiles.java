package dev.convoy.data;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * Lists folders of a local disk. Hadoop's own listing silently passes over whatever it cannot open:
 * links to nowhere, and all names that the JVM cannot read in its locale.
 */
final class LocalFiles {
  private static final Charset NAMES =
      Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

  private static final String ADVICE =
      "start driver and executors in a UTF-8 locale: LC_ALL=C.UTF-8 and --conf"
          + " spark.executorEnv.LC_ALL=C.UTF-8";

  private LocalFiles() {}

  /**
   * Returns everything that lies in a folder, in no order.
   *
   * @throws DataException if the folder, or a name in it, cannot be read
   */
  static List<FolderItem> list(RawLocalFileSystem files, Path folder) throws IOException {
    requireName(folder);
    List<FolderItem> items = new ArrayList<>();
    java.nio.file.Path directory = files.pathToFile(folder).toPath();
    try (DirectoryStream<java.nio.file.Path> found = Files.newDirectoryStream(directory)) {
      for (java.nio.file.Path item : found) {
        FolderItem one = item(files, folder, item);
        if (one != null) {
          items.add(one);
        }
      }
    } catch (AccessDeniedException e) {
      throw new DataException("the folder " + folder + " may not be read by this user", e);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return items;
  }

  /** Returns one name; null if it has gone meanwhile. */
  private static FolderItem item(RawLocalFileSystem files, Path folder, java.nio.file.Path item)
      throws IOException {
    String name = name(folder, item);
    Path path = StoragePath.child(folder, name);
    try {
      BasicFileAttributes its = Files.readAttributes(item, BasicFileAttributes.class);
      if (its.isOther()) {
        return new FolderItem(path, FolderItem.Kind.SPECIAL_FILE, null, null);
      }
      FileStatus status =
          new FileStatus(
              its.size(),
              its.isDirectory(),
              1,
              files.getDefaultBlockSize(path),
              its.lastModifiedTime().toMillis(),
              path);
      return new FolderItem(
          path,
          its.isDirectory() ? FolderItem.Kind.FOLDER : FolderItem.Kind.FILE,
          status,
          its.fileKey());
    } catch (NoSuchFileException e) {
      return Files.isSymbolicLink(item)
          ? new FolderItem(path, FolderItem.Kind.DANGLING_LINK, null, null)
          : null;
    } catch (AccessDeniedException e) {
      throw new DataException(path + " may not be read by this user", e);
    } catch (FileSystemException e) {
      if (Files.isSymbolicLink(item)) {
        return new FolderItem(path, FolderItem.Kind.LINK_LOOP, null, null);
      }
      throw e;
    }
  }

  /** Returns what tells a folder and all that it lies in from others, from the inside out. */
  static List<Object> identities(RawLocalFileSystem files, Path folder) throws IOException {
    List<Object> identities = new ArrayList<>();
    java.nio.file.Path at = files.pathToFile(folder).toPath();
    for (; at != null; at = at.getParent()) {
      Object key = Files.readAttributes(at, BasicFileAttributes.class).fileKey();
      if (key != null) {
        identities.add(key);
      }
    }
    return identities;
  }

  /** Returns the name as text, which must lead back to the same bytes. */
  private static String name(Path folder, java.nio.file.Path item) {
    String name = item.getFileName().toString();
    try {
      if (item.resolveSibling(name).equals(item)) {
        return name;
      }
    } catch (InvalidPathException e) {
      // Refused below: the name has characters that the locale's character set lacks.
    }
    // A folder ends with a slash.
    String bytes = item.toUri().getRawPath().replaceFirst("/$", "");
    throw new DataException(
        String.format(
            Locale.ROOT,
            "%s holds a name that is not valid %s: %s (its bytes as in a URI); %s",
            folder,
            NAMES.equals(StandardCharsets.UTF_8) ? "UTF-8" : "in " + locale(),
            bytes.substring(bytes.lastIndexOf('/') + 1),
            NAMES.equals(StandardCharsets.UTF_8) ? "rename it" : ADVICE));
  }

  /**
   * Refuses a path that this JVM cannot pass to the operating system. It would look for another
   * one, with question marks, and not find it.
   */
  static void requireName(Path path) {
    String name = path.toUri().getPath();
    if (!NAMES.newEncoder().canEncode(name)) {
      throw new DataException(path + " cannot be read in " + locale() + "; " + ADVICE);
    }
  }

  /** Returns the locale of file names, as a person has set it. */
  private static String locale() {
    String set =
        Stream.of("LC_ALL", "LC_CTYPE", "LANG")
            .filter(name -> !System.getenv().getOrDefault(name, "").isEmpty())
            .findFirst()
            .map(name -> name + "=" + System.getenv(name))
            .orElse("neither LC_ALL nor LANG is set");
    return "this process's locale (" + set + ", so file names are in " + NAMES.name() + ")";
  }
}
