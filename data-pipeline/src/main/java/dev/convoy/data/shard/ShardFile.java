package dev.convoy.data.shard;

import dev.convoy.data.DataException;
import dev.convoy.data.DataFolder;
import dev.convoy.data.Sample;
import dev.convoy.data.Sha256;
import java.io.Closeable;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import org.apache.hadoop.fs.FSDataInputStream;

/**
 * One shard of a dataset that is open. When the dataset is opened, the shard must have its size and
 * its index must have its digest; the shard itself is opened at its first sample, and every record
 * is checked as it is read.
 */
final class ShardFile implements Closeable {
  private static final int HEADER_REGION = 0;

  private final DataFolder folder;
  private final Manifest.Shard shard;
  private final String where;
  private final ShardIndex index;
  private FSDataInputStream open;

  ShardFile(DataFolder folder, Manifest.Shard shard) throws IOException {
    this.folder = folder;
    this.shard = shard;
    this.where = folder.resolve(shard.file()).toString();
    checkSize();
    this.index = readIndex();
  }

  int samples() {
    return shard.samples();
  }

  /**
   * Reads a record.
   *
   * @param record its number in this shard
   * @param id its sample's number in the dataset
   */
  void read(int record, int id, int classes, Sample into) throws IOException {
    int region = record + 1;
    int length = index.length(region);
    byte[] bytes = into.scratch(length);
    readRegion(opened(), region, bytes);
    ShardRecord.read(ByteBuffer.wrap(bytes, 0, length), id, classes, into, where);
  }

  /** Reads the whole shard and compares its SHA-256. */
  void verify() throws IOException {
    try (InputStream in = folder.open(shard.file())) {
      MessageDigest digest = Sha256.digest();
      byte[] chunk = new byte[1 << 16];
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        digest.update(chunk, 0, count);
      }
      if (!HexFormat.of().formatHex(digest.digest()).equals(shard.sha256())) {
        throw corrupt("its SHA-256 is not the manifest's");
      }
    }
  }

  @Override
  public synchronized void close() throws IOException {
    if (open != null) {
      open.close();
    }
  }

  private synchronized FSDataInputStream opened() throws IOException {
    if (open == null) {
      FSDataInputStream stream = folder.open(shard.file());
      try {
        readRegion(stream, HEADER_REGION, new byte[index.length(HEADER_REGION)]);
      } catch (IOException | RuntimeException e) {
        stream.close();
        throw e;
      }
      open = stream;
    }
    return open;
  }

  /** Reads at a position, so that any number of threads may read at once. */
  private void readRegion(FSDataInputStream from, int region, byte[] bytes) throws IOException {
    int length = index.length(region);
    try {
      from.readFully(index.begin(region), bytes, 0, length);
    } catch (EOFException e) {
      throw corrupt("it ends too early");
    }
    if (!index.matches(region, bytes, length)) {
      throw corrupt(
          region == HEADER_REGION
              ? "it is not the shard that its index belongs to"
              : "the checksum of its record " + (region - 1) + " is wrong");
    }
  }

  private void checkSize() throws IOException {
    long bytes;
    try {
      bytes = folder.files().getFileStatus(folder.resolve(shard.file())).getLen();
    } catch (FileNotFoundException e) {
      throw new DataException("the shard " + where + " is missing", e);
    }
    if (bytes != shard.bytes()) {
      throw corrupt(
          String.format(
              Locale.ROOT, "it has %d bytes, but the manifest says %d", bytes, shard.bytes()));
    }
  }

  private ShardIndex readIndex() throws IOException {
    String indexPath = folder.resolve(shard.index()).toString();
    byte[] bytes;
    try (InputStream in = folder.open(shard.index())) {
      bytes = in.readAllBytes();
    }
    if (!HexFormat.of().formatHex(Sha256.digest().digest(bytes)).equals(shard.indexSha256())) {
      throw new DataException(
          indexPath + " is corrupt or swapped with another: its SHA-256 is not the manifest's");
    }
    ShardIndex parsed = ShardIndex.parse(bytes, indexPath);
    if (parsed.records() != shard.samples() || parsed.shardBytes() != shard.bytes()) {
      throw new DataException(indexPath + " does not describe " + where);
    }
    return parsed;
  }

  private DataException corrupt(String what) {
    return new DataException("the shard " + where + " is corrupt or swapped with another: " + what);
  }
}
