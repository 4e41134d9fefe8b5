package dev.convoy.data.prepare;

import dev.convoy.data.Account;
import dev.convoy.data.DataException;
import dev.convoy.data.Split;
import dev.convoy.data.shard.Manifest;
import dev.convoy.data.source.Entry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How the images of a split, numbered through all listed parts, are cut into shards of equal length
 * (one more or one fewer).
 *
 * @param split whose images they are
 * @param firstOfPart the number of each part's first image, and at the end how many there are
 * @param shards how many
 */
public record SplitPlan(Split split, int[] firstOfPart, int shards) {
  /** Enough for a few executors, where a dataset is small. */
  private static final int FEWEST = 4;

  /**
   * Plans the shards of a split.
   *
   * @param counts of the parts, in order
   * @param wanted number of shards, or {@link PrepareOptions#AUTO}
   */
  static SplitPlan of(Split split, List<PartCount> counts, int wanted) {
    int[] first = new int[counts.size() + 1];
    long bytes = 0;
    for (int i = 0; i < counts.size(); i++) {
      first[i + 1] = Math.addExact(first[i], counts.get(i).images());
      bytes += counts.get(i).bytes();
    }
    int images = first[counts.size()];
    if (images == 0) {
      Account leftOut = new Account();
      counts.forEach(part -> leftOut.add(part.leftOut()));
      throw new DataException(
          "the input has no images for "
              + Manifest.name(split)
              + (leftOut.isEmpty() ? "" : "; it has " + leftOut));
    }
    if (wanted > images) {
      throw new DataException(
          String.format(Locale.ROOT, "%d samples cannot be cut into %d shards", images, wanted));
    }
    long auto = Math.max(FEWEST, (bytes - 1) / PrepareOptions.SHARD_BYTES + 1);
    return new SplitPlan(
        split, first, wanted == PrepareOptions.AUTO ? (int) Math.min(images, auto) : wanted);
  }

  int images() {
    return firstOfPart[firstOfPart.length - 1];
  }

  /**
   * Returns the number of a shard's first image; of the shard after the last, how many there are.
   */
  int first(int shard) {
    return (int) ((long) shard * images() / shards);
  }

  /** Returns a shard's name, relative to the folder, without ending. */
  String shardName(int shard) {
    return String.format(Locale.ROOT, "%s/shard-%05d", Manifest.name(split), shard);
  }

  /** Returns where the images of a shard lie. */
  List<Entry> entries(Staging staging, int shard) throws IOException {
    int from = first(shard);
    int to = first(shard + 1);
    List<Entry> entries = new ArrayList<>();
    for (int part = 0; part < firstOfPart.length - 1; part++) {
      int begin = firstOfPart[part];
      if (begin < to && firstOfPart[part + 1] > from) {
        int[] number = {begin};
        new Listing(staging, split, part)
            .read(
                entry -> {
                  if (number[0] >= from && number[0] < to) {
                    entries.add(entry);
                  }
                  number[0]++;
                });
      }
    }
    return entries;
  }
}
