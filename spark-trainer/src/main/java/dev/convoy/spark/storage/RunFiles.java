package dev.convoy.spark.storage;

import dev.convoy.data.StoragePath;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** How the files of a run are written through Hadoop's {@link FileSystem}. */
public final class RunFiles {
  private RunFiles() {}

  /**
   * The local file system without its checksum files: they would lie beside every file as {@code
   * .name.crc}, disagree with a file that is still being written, and forbid to append.
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
    FileSystem plain = plain(fs);
    Path part = StoragePath.child(path.getParent(), "." + path.getName() + ".part");
    try (OutputStream out = plain.create(part, true)) {
      content.writeTo(out);
    } catch (IOException | RuntimeException e) {
      plain.delete(part, false);
      throw e;
    }
    if (plain instanceof RawLocalFileSystem) {
      // Replaces the target; FileContext would look for checksum files, whose names forbid colons.
      if (!plain.rename(part, path)) {
        throw new IOException(part + " cannot be renamed to " + path);
      }
      return;
    }
    // FileSystem.rename refuses an existing target on HDFS; only FileContext can replace it.
    FileContext.getFileContext(fs.getUri(), fs.getConf())
        .rename(plain.makeQualified(part), plain.makeQualified(path), Options.Rename.OVERWRITE);
  }

  /** Writes the content of a file. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }
}
