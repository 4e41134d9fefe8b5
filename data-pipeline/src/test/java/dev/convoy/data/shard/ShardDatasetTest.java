package dev.convoy.data.shard;

import static dev.convoy.data.DataAssertions.assertRefused;
import static dev.convoy.data.DataAssertions.assertSameSamples;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.data.ContentDigest;
import dev.convoy.data.Dataset;
import dev.convoy.data.IdxFiles;
import dev.convoy.data.Sample;
import dev.convoy.data.Split;
import dev.convoy.data.idx.IdxFormat;
import dev.convoy.data.prepare.Preparations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.SequenceFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardDatasetTest {
  private static final Configuration HADOOP = new Configuration();

  @TempDir private Path temp;
  private Path idx;
  private Path shards;

  @BeforeEach
  void shardsOfIdxFiles() throws IOException {
    idx = IdxFiles.folder(temp.resolve("idx"), 20, 10);
    shards = temp.resolve("shards");
    prepare(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7, 10})
  void anyNumberOfShardsHoldsTheSameSamples(int count) throws IOException {
    shards = temp.resolve("shards-" + count);
    Manifest manifest = prepare(count);
    assertEquals(count, manifest.split(Split.TRAIN).shards().size());
    for (Split split : Split.values()) {
      try (Dataset expected = new IdxFormat().open(HADOOP, idx.toString(), split);
          ShardDataset actual = open(split)) {
        assertSameSamples(expected, actual);
        assertEquals(actual.fingerprint(), ContentDigest.of(actual));
        assertEquals(manifest, actual.manifest());
        actual.verify();
      }
    }
  }

  @Test
  void samplesFarApartAreReachedAcrossSequenceFilesSyncMarks() throws IOException {
    Path large = IdxFiles.folder(temp.resolve("large"), 9000, 10);
    shards = temp.resolve("large-shards");
    Preparations.mnist(large, shards, 1);
    try (Dataset expected = new IdxFormat().open(HADOOP, large.toString(), Split.TRAIN);
        ShardDataset actual = open(Split.TRAIN)) {
      assertSameSamples(expected, actual);
    }
  }

  @Test
  void anyReaderOfSequenceFilesReadsAShard() throws IOException {
    org.apache.hadoop.fs.Path file =
        new org.apache.hadoop.fs.Path(shard("train", 1, "seq").toUri());
    try (SequenceFile.Reader reader =
        new SequenceFile.Reader(HADOOP, SequenceFile.Reader.file(file))) {
      LongWritable key = new LongWritable();
      BytesWritable value = new BytesWritable();
      for (int id = 10; id < 20; id++) {
        assertTrue(reader.next(key, value));
        assertEquals(id, key.get());
        assertEquals(17 + IdxFiles.HEIGHT * IdxFiles.WIDTH, value.getLength());
        assertEquals(id % 10, value.getBytes()[3]);
      }
      assertFalse(reader.next(key, value));
    }
  }

  @Test
  void everyByteThatIsWrongIsNoticedAndItsShardNamed() throws IOException {
    Path file = shard("train", 1, "seq");
    byte[] good = Files.readAllBytes(file);
    for (int i = 0; i < good.length; i++) {
      byte[] bad = good.clone();
      bad[i] ^= 0x10;
      Files.write(file, bad);
      assertRefused(() -> readAll(Split.TRAIN), "train/shard-00001.seq is corrupt or swapped");
      try (ShardDataset dataset = open(Split.TRAIN)) {
        assertRefused(dataset::verify, "train/shard-00001.seq", "SHA-256");
      }
    }
    readAll(Split.VALIDATION);
  }

  @Test
  void everyByteOfAnIndexThatIsWrongIsNoticed() throws IOException {
    Path file = shard("train", 0, "index");
    byte[] good = Files.readAllBytes(file);
    for (int i = 0; i < good.length; i++) {
      byte[] bad = good.clone();
      bad[i] ^= 0x10;
      Files.write(file, bad);
      assertRefused(() -> open(Split.TRAIN), "train/shard-00000.index is corrupt or swapped");
    }
  }

  @Test
  void aTruncatedShardIsNoticedWhenTheDatasetIsOpened() throws IOException {
    Path file = shard("train", 0, "seq");
    byte[] good = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(good, good.length - 1));
    assertRefused(
        () -> open(Split.TRAIN),
        "train/shard-00000.seq",
        "has " + (good.length - 1) + " bytes, but the manifest says " + good.length);
  }

  @Test
  void aMissingShardOrIndexIsNamed() throws IOException {
    Files.delete(shard("train", 1, "seq"));
    assertRefused(() -> open(Split.TRAIN), "train/shard-00001.seq is missing");
    Files.delete(shard("validation", 1, "index"));
    assertRefused(() -> open(Split.VALIDATION), "validation/shard-00001.index");
  }

  @Test
  void swappedShardsAreNoticedBeforeTheirFirstSample() throws IOException {
    swap(shard("train", 0, "seq"), shard("train", 1, "seq"));
    try (ShardDataset dataset = open(Split.TRAIN)) {
      assertRefused(() -> dataset.read(0, new Sample()), "train/shard-00000.seq", "swapped");
      assertRefused(() -> dataset.read(15, new Sample()), "train/shard-00001.seq", "swapped");
    }
    swap(shard("train", 0, "index"), shard("train", 1, "index"));
    assertRefused(() -> open(Split.TRAIN), "train/shard-00000.index", "swapped");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{\"format_version\":2}",
        "{\"format_version\":2,\"classes\":2}",
        "{\0\0\0    "
      })
  void aManifestThatIsNoneIsRefused(String json) throws IOException {
    Files.writeString(shards.resolve("manifest.json"), json);
    assertRefused(() -> open(Split.TRAIN), "manifest.json");
  }

  @Test
  void aManifestOfAnotherVersionIsRefused() throws IOException {
    Path file = shards.resolve("manifest.json");
    String json = Files.readString(file);
    Files.writeString(file, json.replace("\"format_version\" : 2", "\"format_version\" : 9"));
    assertRefused(() -> open(Split.TRAIN), "format version 9", "reads 2");
    Files.writeString(file, json.replace("\"samples\" : 20", "\"samples\" : 21"));
    assertRefused(() -> open(Split.TRAIN), "21 samples has shards of 20");
  }

  @Test
  void aFolderWithoutManifestHoldsNoShards() throws IOException {
    Files.delete(shards.resolve("manifest.json"));
    assertRefused(() -> open(Split.TRAIN), "no manifest.json, so it holds no shards");
  }

  private Manifest prepare(int count) throws IOException {
    return Preparations.mnist(idx, shards, count);
  }

  private ShardDataset open(Split split) throws IOException {
    return ShardDataset.open(HADOOP, shards.toString(), split);
  }

  private void readAll(Split split) throws IOException {
    try (ShardDataset dataset = open(split)) {
      assertEquals(dataset.fingerprint(), ContentDigest.of(dataset));
    }
  }

  private Path shard(String split, int number, String suffix) {
    return shards.resolve(String.format(Locale.ROOT, "%s/shard-%05d.%s", split, number, suffix));
  }

  private void swap(Path a, Path b) throws IOException {
    Path aside = temp.resolve("aside");
    Files.move(a, aside);
    Files.move(b, a);
    Files.move(aside, b);
  }
}
