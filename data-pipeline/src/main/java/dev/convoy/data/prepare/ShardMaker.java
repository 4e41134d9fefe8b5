package dev.convoy.data.prepare;

import dev.convoy.data.Account;
import dev.convoy.data.DataException;
import dev.convoy.data.DataFolder;
import dev.convoy.data.ImageShape;
import dev.convoy.data.OnCorrupt;
import dev.convoy.data.Sample;
import dev.convoy.data.shard.Manifest;
import dev.convoy.data.shard.ShardSummary;
import dev.convoy.data.shard.ShardVerifier;
import dev.convoy.data.shard.ShardWriter;
import dev.convoy.data.shard.SkippedImage;
import dev.convoy.data.source.ByteRanges;
import dev.convoy.data.source.Entry;
import dev.convoy.data.source.Stored;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;

/** Writes a shard, reads it back, and leaves its summary, which says that it is done. */
final class ShardMaker {
  private static final int PROGRESS_EVERY = 64;

  private final Configuration hadoop;
  private final PrepareOptions options;
  private final Staging staging;
  private final Progress progress;

  ShardMaker(Configuration hadoop, PrepareOptions options, Staging staging, Progress progress) {
    this.hadoop = hadoop;
    this.options = options;
    this.staging = staging;
    this.progress = progress;
  }

  /** Returns the summary of a shard that is written now, or was by an earlier attempt. */
  ShardSummary make(SplitPlan plan, int shard, int classes, Stored stored) throws IOException {
    String done = Staging.work(plan.shardName(shard) + ".json");
    String found = staging.readText(done);
    if (found != null) {
      ShardSummary earlier = ShardSummary.parse(found, staging.folder().resolve(done).toString());
      if (complete(earlier)) {
        progress.written(plan.first(shard + 1) - plan.first(shard));
        return earlier;
      }
    }
    ShardSummary summary = write(plan, shard, classes, stored);
    if (complete(summary)) {
      staging.writeText(done, summary.toLine());
    }
    return summary;
  }

  /** Returns whether the shard is complete; images may have been left out if that is allowed. */
  private boolean complete(ShardSummary summary) {
    return options.onCorrupt() == OnCorrupt.SKIP || summary.skipped().isEmpty();
  }

  private ShardSummary write(SplitPlan plan, int shard, int classes, Stored stored)
      throws IOException {
    DataFolder folder = staging.folder();
    CommonShape shape = new CommonShape();
    int[] classCounts = new int[classes];
    List<SkippedImage> skipped = new ArrayList<>();
    Account noted = new Account();
    ImageIngest ingest = new ImageIngest(options, stored);
    Sample sample = new Sample();
    byte[] bytes = new byte[0];
    int unreported = 0;
    try (ByteRanges source = new ByteRanges(hadoop);
        ShardWriter writer =
            new ShardWriter(hadoop, folder, plan.shardName(shard), UUID.randomUUID().toString())) {
      long number = plan.first(shard);
      for (Entry entry : plan.entries(staging, shard)) {
        bytes = bytes.length < entry.length() ? new byte[entry.length()] : bytes;
        source.read(entry, bytes);
        try {
          source.requireIntact(entry);
          ImageShape one = ingest.ingest(entry, bytes, sample);
          shape.add(one);
          classCounts[entry.label()]++;
          writer.append(number, sample);
          ingest.notes().forEach(note -> noted.count(note.text(), entry.name()));
        } catch (DataException e) {
          // The rest is looked at even if this one ends the preparation: all are named at once.
          skipped.add(UnusableImages.of(entry, e));
        }
        number++;
        if (++unreported == PROGRESS_EVERY) {
          progress.written(unreported);
          unreported = 0;
        }
      }
      progress.written(unreported);
      Manifest.Shard written = null;
      if (writer.samples() > 0 && (options.onCorrupt() == OnCorrupt.SKIP || skipped.isEmpty())) {
        written = writer.finish();
        ShardVerifier.verify(folder, written);
      }
      return new ShardSummary(
          written,
          shape.imageShape(),
          Arrays.stream(classCounts).boxed().toList(),
          writer.digest(),
          ingest.pixels(),
          skipped,
          noted);
    }
  }
}
