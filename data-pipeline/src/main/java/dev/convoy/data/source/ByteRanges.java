package dev.convoy.data.source;

import dev.convoy.data.DataException;
import java.io.Closeable;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/**
 * Fetches the bytes of {@link Entry entries}. Neighbours lie in one file mostly, so that the last
 * file stays open; of a {@code .gz} its content stays in memory. One thread's own.
 */
public final class ByteRanges implements Closeable {
  private static final String GZIP = ".gz";

  /** MNIST, the one format that is compressed, has 47 MB. */
  private static final int MOST_IN_MEMORY = 1 << 30;

  private final Configuration hadoop;
  private String file;
  private FSDataInputStream open;
  private byte[] content;

  /** Reads through that configuration's file systems. */
  public ByteRanges(Configuration hadoop) {
    this.hadoop = hadoop;
  }

  /**
   * Reads an entry's bytes.
   *
   * @param into receives them from 0 on
   * @throws DataException if the file is not there or ends too early
   */
  public void read(Entry entry, byte[] into) throws IOException {
    if (!entry.file().equals(file)) {
      openFile(entry.file());
    }
    try {
      if (content == null) {
        open.readFully(entry.offset(), into, 0, entry.length());
      } else if (entry.offset() + entry.length() > content.length) {
        throw new EOFException();
      } else {
        System.arraycopy(content, (int) entry.offset(), into, 0, entry.length());
      }
    } catch (EOFException e) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s ends before the %,d bytes of %s from byte %,d on",
              entry.file(),
              entry.length(),
              entry.name(),
              entry.offset()),
          e);
    }
  }

  private void openFile(String wanted) throws IOException {
    close();
    Path path = new Path(wanted);
    try {
      open = path.getFileSystem(hadoop).open(path);
    } catch (FileNotFoundException e) {
      throw new DataException(wanted + " is not there any more", e);
    }
    file = wanted;
    if (wanted.endsWith(GZIP)) {
      try (InputStream unzipped = new GZIPInputStream(open)) {
        content = unzipped.readNBytes(MOST_IN_MEMORY);
      }
      if (content.length == MOST_IN_MEMORY) {
        throw new DataException(wanted + " has more than 1 GiB of content; unpack it first");
      }
    }
  }

  @Override
  public void close() throws IOException {
    file = null;
    content = null;
    if (open != null) {
      open.close();
      open = null;
    }
  }
}
