package dev.convoy.data.shard;

import dev.convoy.data.ContentDigest;
import dev.convoy.data.DataFolder;
import dev.convoy.data.Sample;
import dev.convoy.data.Sha256;
import dev.convoy.data.StoragePath;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.SequenceFile;

/**
 * Writes one shard and its index. Both have their final names only after {@link #finish}; whoever
 * is interrupted leaves hidden files that the next writer of this shard replaces.
 */
public final class ShardWriter implements Closeable {
  private final DataFolder folder;
  private final String file;
  private final String index;
  private final Path hiddenFile;
  private final DigestingOutput out;
  private final FSDataOutputStream stream;
  private final SequenceFile.Writer writer;
  private final ContentDigest content = new ContentDigest(List.of());
  private final List<Long> ends = new ArrayList<>();
  private final List<Integer> checksums = new ArrayList<>();
  private final LongWritable key = new LongWritable();
  private final BytesWritable value = new BytesWritable();

  /**
   * Begins a shard.
   *
   * @param name relative to the folder, without ending: {@code train/shard-00000}
   * @param writerId differs between writers that may be at work at the same time
   */
  public ShardWriter(Configuration hadoop, DataFolder folder, String name, String writerId)
      throws IOException {
    this.folder = folder;
    this.file = name + ".seq";
    this.index = name + ".index";
    this.hiddenFile = hidden(file, writerId);
    out = new DigestingOutput(folder.files().create(hiddenFile, true));
    stream = new FSDataOutputStream(out, null);
    writer =
        SequenceFile.createWriter(
            hadoop,
            SequenceFile.Writer.stream(stream),
            SequenceFile.Writer.keyClass(LongWritable.class),
            SequenceFile.Writer.valueClass(BytesWritable.class),
            SequenceFile.Writer.compression(SequenceFile.CompressionType.NONE));
    endRegion();
  }

  /**
   * Adds a sample.
   *
   * @param number of the sample in its source
   */
  public void append(long number, Sample sample) throws IOException {
    content.add(number, sample);
    value.setSize(ShardRecord.valueBytes(sample));
    ShardRecord.writeValue(sample, value.getBytes());
    key.set(number);
    writer.append(key, value);
    endRegion();
  }

  /** Returns how many samples there are so far. */
  public int samples() {
    return ends.size() - 1;
  }

  /** Returns the {@link ContentDigest} of the samples so far, without the classes. */
  public String digest() {
    return content.hex();
  }

  /** Ends the shard and gives both files their names; there must be a sample. */
  public Manifest.Shard finish() throws IOException {
    writer.close();
    stream.close();
    byte[] bytes =
        new ShardIndex(
                ends.stream().mapToLong(Long::longValue).toArray(),
                checksums.stream().mapToInt(Integer::intValue).toArray())
            .toBytes();
    Path hiddenIndex = hidden(index, hiddenFile.getName());
    try (OutputStream indexOut = folder.files().create(hiddenIndex, true)) {
      indexOut.write(bytes);
    }
    rename(hiddenFile, folder.resolve(file));
    rename(hiddenIndex, folder.resolve(index));
    return new Manifest.Shard(
        file,
        samples(),
        out.bytes(),
        out.sha256(),
        index,
        HexFormat.of().formatHex(Sha256.digest().digest(bytes)));
  }

  /** Removes what is not finished. */
  @Override
  public void close() throws IOException {
    try (stream;
        writer) {
      // Both are closed, whichever fails: on a full disk both do.
    } finally {
      folder.files().delete(hiddenFile, false);
    }
  }

  private void endRegion() {
    ends.add(out.bytes());
    checksums.add(out.endRegion());
  }

  private void rename(Path from, Path to) throws IOException {
    // A writer before this one may have been lost between here and its summary.
    folder.files().delete(to, false);
    if (!folder.files().rename(from, to)) {
      throw new IOException(from + " could not be renamed to " + to);
    }
  }

  private Path hidden(String name, String writerId) {
    Path path = folder.resolve(name);
    return StoragePath.child(path.getParent(), "." + path.getName() + "." + writerId);
  }
}
