package dev.convoy.data.shard;

import dev.convoy.data.Account;
import dev.convoy.data.DataException;
import dev.convoy.data.DataFolder;
import dev.convoy.data.ImageShape;
import dev.convoy.data.PixelSums;
import dev.convoy.data.Sample;
import dev.convoy.data.Sha256;
import dev.convoy.data.Split;
import dev.convoy.fuzz.FuzzTarget;
import dev.convoy.fuzz.MemoryFileSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/** One file of a folder of shards, or one record; the others are whole, and know its digest. */
public final class ShardTarget implements FuzzTarget {
  private static final String SHARD = "train/shard-00000";
  private static final Configuration HADOOP = MemoryFileSystem.configuration();

  private final Part part;
  private final byte[] shard;
  private final byte[] index;
  private final Manifest manifest;

  /** What is broken. */
  public enum Part {
    MANIFEST,
    INDEX,
    SHARD,
    RECORD
  }

  /** Creates the target. */
  public ShardTarget(Part part) {
    this.part = part;
    try {
      Path folder = Files.createTempDirectory("fuzz");
      Manifest.Shard written = write(DataFolder.at(new Configuration(), folder.toString()));
      shard = Files.readAllBytes(folder.resolve(written.file()));
      index = Files.readAllBytes(folder.resolve(written.index()));
      manifest = manifest(written);
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Manifest.Shard write(DataFolder folder) throws IOException {
    Sample sample = new Sample();
    try (ShardWriter writer = new ShardWriter(new Configuration(), folder, SHARD, "fuzz")) {
      for (int i = 0; i < 3; i++) {
        Arrays.fill(sample.begin(i, i, 2, 3, 3), (byte) i);
        writer.append(i, sample);
      }
      Arrays.fill(sample.beginFile(3, 0, 7), (byte) 'x');
      writer.append(3, sample);
      return writer.finish();
    }
  }

  private static Manifest manifest(Manifest.Shard shard) {
    return new Manifest(
        Manifest.VERSION,
        3,
        List.of("cat", "dog", "bird"),
        Map.of(
            "train",
            new Manifest.ShardedSplit(
                new ImageShape(2, 3, 3),
                4,
                List.of(2, 1, 1),
                0,
                "0123",
                new PixelSums(6, List.of(1L, 2L, 3L), List.of(1L, 4L, 9L)),
                List.of(shard))),
        new Account(),
        new Account(),
        "somewhere",
        Map.of("seed", "1"));
  }

  @Override
  public String name() {
    return "shard-" + part.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public List<byte[]> seeds() throws IOException {
    return List.of(
        switch (part) {
          case MANIFEST -> manifest.toJson();
          case INDEX -> index;
          case SHARD -> shard;
          case RECORD -> record();
        });
  }

  private byte[] record() {
    ShardIndex parsed = ShardIndex.parse(index, WHERE);
    int from = (int) parsed.begin(1);
    return Arrays.copyOfRange(shard, from, from + parsed.length(1));
  }

  @Override
  public void read(byte[] input) throws IOException {
    if (part == Part.RECORD) {
      ShardRecord.read(ByteBuffer.wrap(input), 0, 3, new Sample(), WHERE);
      return;
    }
    Manifest.Shard entry = manifest.split(Split.TRAIN).shards().get(0);
    byte[] itsShard = part == Part.SHARD ? input : shard;
    byte[] itsIndex = part == Part.INDEX ? input : index;
    Manifest.Shard described =
        new Manifest.Shard(
            entry.file(),
            entry.samples(),
            Math.max(1, itsShard.length),
            entry.sha256(),
            entry.index(),
            HexFormat.of().formatHex(Sha256.digest().digest(itsIndex)));
    MemoryFileSystem.clear();
    MemoryFileSystem.put(entry.file(), itsShard);
    MemoryFileSystem.put(entry.index(), itsIndex);
    MemoryFileSystem.put(
        Manifest.FILE, part == Part.MANIFEST ? input : manifest(described).toJson());
    try (ShardDataset dataset = ShardDataset.open(HADOOP, MemoryFileSystem.FOLDER, Split.TRAIN)) {
      Sample sample = new Sample();
      for (int i = 0; i < dataset.size(); i++) {
        dataset.read(i, sample);
      }
      dataset.pixelSums();
    }
  }

  @Override
  public List<Class<? extends Exception>> refusals() {
    return List.of(DataException.class);
  }

  @Override
  public String named() {
    return part == Part.RECORD ? WHERE : MemoryFileSystem.FOLDER;
  }
}
