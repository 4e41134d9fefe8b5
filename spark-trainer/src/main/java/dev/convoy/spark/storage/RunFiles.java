package dev.convoy.spark.storage;

import dev.convoy.data.StoragePath;
import dev.convoy.data.store.Stores;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import java.util.zip.Checksum;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the files of a run are written through Hadoop's {@link FileSystem}. */
public final class RunFiles {
  private static final Logger LOG = LoggerFactory.getLogger(RunFiles.class);

  private RunFiles() {}

  /**
   * Returns the local file system without its checksum files: they would lie beside every file as
   * {@code .name.crc}, disagree with a file that is still being written, and forbid to append.
   */
  public static FileSystem plain(FileSystem fs) {
    return fs instanceof LocalFileSystem local ? local.getRawFileSystem() : fs;
  }

  /**
   * Writes {@code path} anew. At every instant a reader sees all of the old content or all of the
   * new: it is written beside it and renamed over it, in one operation of the file system. Content
   * that cannot be written leaves nothing.
   */
  public static void replace(FileSystem fs, Path path, Content content) throws IOException {
    replace(fs, path, content, (files, part) -> {});
  }

  /**
   * Writes {@code path} anew as {@link #replace} does, and reads it back before anybody sees it.
   *
   * @throws IOException if the store has other bytes than it was given
   */
  public static void replaceVerified(FileSystem fs, Path path, Content content) throws IOException {
    Checksum written = new CRC32C();
    replace(
        fs,
        path,
        out -> {
          OutputStream checked = new CheckedOutputStream(out, written);
          content.writeTo(checked);
          checked.flush();
        },
        (files, part) -> requireChecksum(files, part, written.getValue()));
  }

  private static void requireChecksum(FileSystem fs, Path path, long expected) throws IOException {
    Checksum read = new CRC32C();
    try (InputStream in = new CheckedInputStream(fs.open(path), read)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    if (read.getValue() != expected) {
      throw new IOException(path + " has other bytes than were written to it");
    }
  }

  private static void replace(FileSystem fs, Path path, Content content, Check check)
      throws IOException {
    FileSystem plain = plain(fs);
    Path part = StoragePath.child(path.getParent(), "." + path.getName() + ".part");
    boolean done = false;
    try {
      Stores.writing(
          path.getParent(),
          () -> {
            try (OutputStream out = plain.create(part, true)) {
              content.writeTo(out);
            }
            return null;
          });
      check.of(plain, part);
      rename(plain, part, path);
      done = true;
    } finally {
      if (!done) {
        deleteQuietly(plain, part);
      }
    }
  }

  /** Looks at a file that was written, before it gets its name. */
  @FunctionalInterface
  private interface Check {
    void of(FileSystem fs, Path part) throws IOException;
  }

  /** Renames over a file that may be there. */
  private static void rename(FileSystem fs, Path from, Path to) throws IOException {
    if (fs instanceof RawLocalFileSystem) {
      // Replaces the target; FileContext would look for checksum files, whose names forbid colons.
      if (!fs.rename(from, to)) {
        throw new IOException(from + " cannot be renamed to " + to);
      }
      return;
    }
    // FileSystem.rename refuses an existing target on HDFS; only FileContext can replace it.
    FileContext.getFileContext(fs.getUri(), fs.getConf())
        .rename(fs.makeQualified(from), fs.makeQualified(to), Options.Rename.OVERWRITE);
  }

  /**
   * Deletes a file whose writing has failed. What kept it from being written may keep it from being
   * deleted; only the former is told.
   */
  private static void deleteQuietly(FileSystem fs, Path path) {
    try {
      fs.delete(path, false);
    } catch (IOException | RuntimeException e) {
      LOG.warn("{} could not be deleted", path, e);
    }
  }

  /** Returns the first line of a message, for HDFS appends the name node's stack trace. */
  public static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
  }

  /** Writes the content of a file. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }
}
