package dev.convoy.data.shard;

import dev.convoy.data.ContentDigest;
import dev.convoy.data.DataException;
import dev.convoy.data.DataFolder;
import dev.convoy.data.Dataset;
import dev.convoy.data.Sample;
import dev.convoy.data.Sha256;
import dev.convoy.data.Split;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.SequenceFile;

/** Writes a split's samples, in their order, as shards of equal size (one more or one fewer). */
final class ShardWriter {
  private final Configuration hadoop;
  private final DataFolder folder;
  private final Progress progress;

  ShardWriter(Configuration hadoop, DataFolder folder, Progress progress) {
    this.hadoop = hadoop;
    this.folder = folder;
    this.progress = progress;
  }

  Manifest.ShardedSplit write(Dataset dataset, Split split, int shards) throws IOException {
    int size = dataset.size();
    if (shards < 1 || shards > size) {
      throw new DataException(
          String.format("%d samples cannot be cut into %d shards", size, shards));
    }
    ContentDigest content = new ContentDigest(dataset.classes());
    List<Manifest.Shard> written = new ArrayList<>();
    for (int i = 0; i < shards; i++) {
      int from = (int) ((long) i * size / shards);
      int to = (int) ((long) (i + 1) * size / shards);
      String name =
          String.format(Locale.ROOT, "%s/shard-%05d", split.name().toLowerCase(Locale.ROOT), i);
      written.add(writeShard(dataset, from, to, name, content));
      progress.written(split, to, size);
    }
    return new Manifest.ShardedSplit(dataset.shape(), size, content.hex(), written);
  }

  private Manifest.Shard writeShard(
      Dataset dataset, int from, int to, String name, ContentDigest content) throws IOException {
    String file = name + ".seq";
    long[] ends = new long[to - from + 1];
    int[] checksums = new int[ends.length];
    DigestingOutput out = new DigestingOutput(folder.files().create(folder.resolve(file), false));
    try (FSDataOutputStream stream = new FSDataOutputStream(out, null);
        SequenceFile.Writer writer = sequenceFile(stream)) {
      ends[0] = out.bytes();
      checksums[0] = out.endRegion();
      Sample sample = new Sample();
      LongWritable key = new LongWritable();
      BytesWritable value = new BytesWritable();
      for (int id = from; id < to; id++) {
        dataset.read(id, sample);
        content.add(sample);
        int length = ShardRecord.valueBytes(sample);
        value.setSize(length);
        ShardRecord.writeValue(sample, value.getBytes());
        key.set(id);
        writer.append(key, value);
        ends[id - from + 1] = out.bytes();
        checksums[id - from + 1] = out.endRegion();
      }
    }
    byte[] index = new ShardIndex(ends, checksums).toBytes();
    String indexFile = name + ".index";
    try (OutputStream indexOut = folder.files().create(folder.resolve(indexFile), false)) {
      indexOut.write(index);
    }
    String indexSha256 = HexFormat.of().formatHex(Sha256.digest().digest(index));
    return new Manifest.Shard(file, to - from, out.bytes(), out.sha256(), indexFile, indexSha256);
  }

  private SequenceFile.Writer sequenceFile(FSDataOutputStream stream) throws IOException {
    return SequenceFile.createWriter(
        hadoop,
        SequenceFile.Writer.stream(stream),
        SequenceFile.Writer.keyClass(LongWritable.class),
        SequenceFile.Writer.valueClass(BytesWritable.class),
        SequenceFile.Writer.compression(SequenceFile.CompressionType.NONE));
  }
}
