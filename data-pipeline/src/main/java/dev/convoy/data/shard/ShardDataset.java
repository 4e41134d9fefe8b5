package dev.convoy.data.shard;

import dev.convoy.data.DataException;
import dev.convoy.data.DataFolder;
import dev.convoy.data.Dataset;
import dev.convoy.data.ImageShape;
import dev.convoy.data.PixelSums;
import dev.convoy.data.Sample;
import dev.convoy.data.Split;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;

/**
 * One split of a folder of shards. In memory are the indices only, 12 bytes a sample; each read is
 * one positioned read of the file system.
 */
public final class ShardDataset implements Dataset {
  private final Manifest manifest;
  private final Manifest.ShardedSplit split;
  private final ShardFile[] shards;

  /** The number of each shard's first sample. */
  private final int[] first;

  private ShardDataset(DataFolder folder, Manifest manifest, Split split) throws IOException {
    this.manifest = manifest;
    this.split = manifest.split(split);
    if (this.split == null) {
      throw new DataException(
          String.format(
              "the shards in %s have no split %s, only %s",
              folder, Manifest.name(split), String.join(", ", manifest.splits().keySet())));
    }
    this.shards = new ShardFile[this.split.shards().size()];
    this.first = new int[shards.length];
    int samples = 0;
    for (int i = 0; i < shards.length; i++) {
      shards[i] = new ShardFile(folder, this.split.shards().get(i));
      first[i] = samples;
      samples += shards[i].samples();
    }
  }

  /**
   * Opens a split, and checks that every shard and index of it is the manifest's.
   *
   * @throws DataException if the folder holds no shards, or one is missing, corrupt or swapped
   */
  public static ShardDataset open(Configuration hadoop, String uri, Split split)
      throws IOException {
    DataFolder folder = DataFolder.existing(hadoop, uri);
    if (!folder.has(Manifest.FILE)) {
      throw new DataException(
          "the folder " + folder + " has no " + Manifest.FILE + ", so it holds no shards");
    }
    byte[] json;
    try (InputStream in = folder.open(Manifest.FILE)) {
      json = in.readAllBytes();
    }
    Manifest manifest = Manifest.parse(json, folder.resolve(Manifest.FILE).toString());
    return new ShardDataset(folder, manifest, split);
  }

  /** Returns what the folder says of itself. */
  public Manifest manifest() {
    return manifest;
  }

  /**
   * Reads every byte of the split and compares SHA-256 digests.
   *
   * @throws DataException naming the first shard that is corrupt or swapped
   */
  public void verify() throws IOException {
    for (ShardFile shard : shards) {
      shard.verify();
    }
  }

  @Override
  public int size() {
    return split.samples();
  }

  @Override
  public List<String> classNames() {
    return manifest.classNames();
  }

  @Override
  public ImageShape imageShape() {
    return split.imageShape();
  }

  @Override
  public void read(int index, Sample into) throws IOException {
    Objects.checkIndex(index, split.samples());
    int found = Arrays.binarySearch(first, index);
    int shard = found >= 0 ? found : -found - 2;
    shards[shard].read(index - first[shard], index, manifest.classes(), into);
  }

  @Override
  public String fingerprint() {
    return split.fingerprint();
  }

  @Override
  public PixelSums pixelSums() {
    return split.pixels();
  }

  @Override
  public void close() throws IOException {
    for (ShardFile shard : shards) {
      shard.close();
    }
  }
}
