package dev.convoy.data.source;

import dev.convoy.data.DataException;
import dev.convoy.data.DataFolder;
import java.io.IOException;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/**
 * Where the members of an uncompressed tar lie. Only headers are read; content is skipped by
 * seeking, so that a tar of 138 GB is listed in seconds.
 */
final class TarIndex {
  private static final int GZIP_MAGIC = 0x1f8b;

  private final DataFolder folder;
  private final Path path;

  TarIndex(DataFolder folder, Path path) {
    this.folder = folder;
    this.path = path;
  }

  /** Hears of each member that is a file. */
  @FunctionalInterface
  interface Members {
    /**
     * One member.
     *
     * @param offset of its content in the outermost file
     */
    void member(String name, long offset, long size) throws IOException;
  }

  /**
   * Lists the tar that begins at a byte of the file: at 0, or where it is a member of another.
   *
   * @throws DataException if it is no tar, compressed, or truncated
   */
  void forEach(long begin, Members members) throws IOException {
    long bytes = folder.files().getFileStatus(path).getLen();
    try (FSDataInputStream in = folder.files().open(path)) {
      refuseCompressed(in, begin);
      in.seek(begin);
      TarArchiveInputStream tar = new TarArchiveInputStream(in);
      for (TarArchiveEntry entry = next(tar); entry != null; entry = next(tar)) {
        long offset = begin + tar.getBytesRead();
        if (offset + entry.getSize() > bytes) {
          throw new DataException(
              String.format(
                  Locale.ROOT,
                  "the archive %s is truncated: %s needs %,d bytes from byte %,d on, but the file"
                      + " has %,d",
                  path,
                  entry.getName(),
                  entry.getSize(),
                  offset,
                  bytes));
        }
        if (entry.isFile()) {
          members.member(entry.getName(), offset, entry.getSize());
        }
      }
    }
  }

  private TarArchiveEntry next(TarArchiveInputStream tar) throws IOException {
    try {
      return tar.getNextEntry();
    } catch (IOException | IllegalArgumentException e) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "the archive %s is no tar, or truncated, at about byte %,d: %s",
              path,
              tar.getBytesRead(),
              e.getMessage()),
          e);
    }
  }

  private void refuseCompressed(FSDataInputStream in, long begin) throws IOException {
    in.seek(begin);
    int magic = in.read() << 8 | in.read();
    if (magic == GZIP_MAGIC) {
      throw new DataException(
          "the archive " + path + " is compressed; unpack it with gunzip to a plain tar first");
    }
  }
}
