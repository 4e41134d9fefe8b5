package dev.convoy.data.source;

import dev.convoy.data.DataException;
import dev.convoy.data.StoragePath;
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
 * file stays open; of one that gzip compressed its content stays in memory. Not thread-safe.
 */
public final class ByteRanges implements Closeable {
  /** MNIST, the one format that is compressed, has 47 MB. */
  private static final int MOST_IN_MEMORY = 1 << 30;

  private final Configuration hadoop;
  private String file;
  private FSDataInputStream open;
  private byte[] content;
  private byte[] record = new byte[0];
  private boolean intact;

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
    boolean zipped = entry.framing().kind() == Framing.Kind.GZIP;
    if (!entry.file().equals(file) || zipped != (content != null)) {
      openFile(entry.file(), zipped);
    }
    intact = true;
    try {
      switch (entry.framing().kind()) {
        case PLAIN -> open.readFully(entry.offset(), into, 0, entry.length());
        case GZIP -> copy(content, entry.offset(), entry.length(), into);
        case TF_RECORD -> readRecord(entry, into);
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

  private void readRecord(Entry entry, byte[] into) throws IOException {
    Framing framing = entry.framing();
    int bytes = framing.length() + Integer.BYTES;
    record = record.length < bytes ? new byte[bytes] : record;
    open.readFully(framing.offset(), record, 0, bytes);
    intact = MaskedCrc.follows(record, 0, framing.length());
    copy(record, entry.offset() - framing.offset(), entry.length(), into);
  }

  private static void copy(byte[] from, long offset, int length, byte[] into) throws EOFException {
    if (offset + length > from.length) {
      throw new EOFException();
    }
    System.arraycopy(from, (int) offset, into, 0, length);
  }

  /**
   * Refuses the entry that was read last if the checksum of its record is wrong. Reading itself
   * does not: such an image is one that is corrupt, not a file that is missing.
   */
  public void requireIntact(Entry entry) {
    if (!intact) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s is corrupt: the checksum of its record at byte %,d is wrong",
              entry.name(),
              entry.framing().offset()));
    }
  }

  private void openFile(String wanted, boolean zipped) throws IOException {
    close();
    Path path = new Path(wanted);
    try {
      open = StoragePath.fileSystem(path, hadoop).open(path);
    } catch (FileNotFoundException e) {
      throw new DataException(wanted + " is not there any more", e);
    }
    file = wanted;
    if (zipped) {
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
