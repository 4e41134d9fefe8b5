package dev.convoy.data.source.tfrecord;

import dev.convoy.data.Compression;
import dev.convoy.data.DataException;
import dev.convoy.data.DataFolder;
import dev.convoy.data.source.ByteRanges;
import dev.convoy.data.source.Framing;
import dev.convoy.data.source.MaskedCrc;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Locale;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/**
 * Walks over the records of a file, whose data it passes over by seeking; little-endian.
 *
 * <pre>
 *   length: u64 | masked CRC-32C of it: u32 | data: length bytes | masked CRC-32C of them: u32 | ...
 * </pre>
 *
 * <p>The checksum of the data is left to whoever reads them ({@link ByteRanges}).
 */
final class TfRecords implements Closeable {
  private static final int HEADER_BYTES = Long.BYTES + Integer.BYTES;
  private static final int MOST_BYTES = 256 << 20;

  private final String file;
  private final long bytes;
  private final FSDataInputStream in;
  private long begin;
  private long end = -Integer.BYTES;

  private TfRecords(String file, long bytes, FSDataInputStream in) {
    this.file = file;
    this.bytes = bytes;
    this.in = in;
  }

  /** Opens a file before its first record. */
  static TfRecords open(DataFolder folder, Path path) throws IOException {
    long bytes = folder.files().getFileStatus(path).getLen();
    return new TfRecords(path.toString(), bytes, folder.files().open(path));
  }

  /**
   * Goes to the next record.
   *
   * @return whether there is one
   * @throws DataException if the file is compressed, truncated or corrupt
   */
  boolean next() throws IOException {
    long at = end + Integer.BYTES;
    if (at == bytes) {
      return false;
    }
    byte[] header = new byte[HEADER_BYTES];
    int read = (int) Math.min(HEADER_BYTES, bytes - at);
    in.seek(at);
    in.readFully(header, 0, read);
    long length = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getLong();
    boolean intact = read == HEADER_BYTES && MaskedCrc.follows(header, 0, Long.BYTES);
    if (!intact && at == 0) {
      refuseCompressed(Arrays.copyOf(header, read));
    }
    if (read < HEADER_BYTES) {
      throw truncated(at, "has no header");
    }
    if (!intact || length < 0 || length > MOST_BYTES) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s is no TFRecord file or is corrupt: at byte %,d the checksum of a length is wrong"
                  + " or the length above 256 MiB",
              file,
              at));
    }
    begin = at + HEADER_BYTES;
    end = begin + length;
    if (end + Integer.BYTES > bytes) {
      throw truncated(at, "is not whole");
    }
    return true;
  }

  private void refuseCompressed(byte[] beginning) {
    Compression.of(beginning)
        .ifPresent(
            packed -> {
              throw new DataException(packed.refusal(file));
            });
  }

  private DataException truncated(long at, String complaint) {
    return new DataException(
        String.format(
            Locale.ROOT, "%s is truncated: its record at byte %,d %s", file, at, complaint));
  }

  /** Returns the features of the record. */
  ExampleFeatures features() throws IOException {
    in.seek(begin);
    return ExampleFeatures.read(new ProtoReader(in, file, end), where());
  }

  /** Returns the record, for messages. */
  String where() {
    return String.format(Locale.ROOT, "the record of %s at byte %,d", file, begin - HEADER_BYTES);
  }

  /** Returns how a range of bytes of the record lies in the file. */
  Framing framing() {
    return Framing.tfRecord(begin, (int) (end - begin));
  }

  /** Returns the file's URI. */
  String file() {
    return file;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
