package dev.convoy.data;

import dev.convoy.data.store.StoreFault;
import java.io.IOException;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/**
 * Makes Hadoop's paths of what users write and of the names of files. Either may have colons, of
 * which {@code new Path(String)} takes what stands before the first for a scheme.
 */
public final class StoragePath {
  private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:/.*");
  private static final String LOCAL = "file:";
  private static final Set<String> WITHOUT_COLONS = Set.of("hdfs", "webhdfs", "swebhdfs");

  private StoragePath() {}

  /**
   * Returns the path that a user means: a URI where a scheme, a colon and a slash begin it, else a
   * path of the default file system, relative to its working folder.
   *
   * @throws DataException if it cannot be a path
   */
  public static Path of(String text) {
    if (text.isBlank()) {
      throw new DataException("a path is empty");
    }
    OptionalInt control = text.chars().filter(Character::isISOControl).findFirst();
    if (control.isPresent()) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "the path '%s' has the control character U+%04X",
              text.replaceAll("\\p{Cc}", "?"),
              control.getAsInt()));
    }
    if (text.equals("~") || text.startsWith("~/")) {
      throw new DataException(
          "the path '"
              + text
              + "' begins with ~, which the shell did not replace; write $HOME in its place");
    }
    try {
      if (URI.matcher(text).matches()) {
        return new Path(text);
      }
      if (text.startsWith(LOCAL)) {
        java.nio.file.Path relative = java.nio.file.Path.of(text.substring(LOCAL.length()));
        return new Path("file", null, relative.toAbsolutePath().toString());
      }
      return new Path(null, null, text);
    } catch (IllegalArgumentException e) {
      throw new DataException("'" + text + "' is not a path or URI: " + e.getMessage(), e);
    }
  }

  /** Returns the path of something in a folder. */
  public static Path child(Path folder, String name) {
    return new Path(folder, new Path(null, null, name));
  }

  /**
   * Returns the file system of a path, the local one without its checksum files: they would lie
   * beside every file as {@code .name.crc}, disagree with a file that is still being written,
   * forbid to append and to have a colon in the name; and both files would be opened for every
   * positioned read.
   *
   * @throws DataException if none serves its scheme or host, or it cannot have such a name
   */
  public static FileSystem fileSystem(Path path, Configuration hadoop) throws IOException {
    FileSystem files;
    try {
      files = path.getFileSystem(hadoop);
    } catch (UnsupportedFileSystemException e) {
      String unserved =
          "'"
              + path
              + "' has the scheme "
              + path.toUri().getScheme()
              + ", which nobody here serves";
      boolean perhapsFile = path.toUri().getAuthority() == null;
      throw new DataException(
          perhapsFile ? unserved + "; a file of such a name is written ./" + path : unserved, e);
    } catch (IllegalArgumentException e) {
      throw new DataException(
          StoreFault.of(e)
              .map(fault -> fault.sentence(path.toString()))
              .orElse("'" + path + "' cannot be reached: " + e.getMessage()),
          e);
    }
    if (WITHOUT_COLONS.contains(files.getUri().getScheme())
        && path.toUri().getPath().contains(":")) {
      throw new DataException("'" + path + "' has a colon, which HDFS does not allow in names");
    }
    return files instanceof ChecksumFileSystem checksummed ? checksummed.getRawFileSystem() : files;
  }
}
