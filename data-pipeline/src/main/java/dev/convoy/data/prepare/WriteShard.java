package dev.convoy.data.prepare;

import dev.convoy.data.shard.ShardSummary;
import dev.convoy.data.source.Stored;
import dev.convoy.data.store.Stores;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Writes one shard, into the staging folder.
 *
 * @param options of the preparation
 * @param plan which images belong to which shard
 * @param shard number of the shard
 * @param classes how many classes the input has
 * @param stored how the bytes of its images are to be read
 */
public record WriteShard(
    PrepareOptions options, SplitPlan plan, int shard, int classes, Stored stored)
    implements PrepareTask<ShardSummary> {
  @Override
  public ShardSummary run(Configuration hadoop, Progress progress) throws Exception {
    Staging staging = Staging.of(hadoop, options.output(), true);
    return Stores.writing(
        new Path(options.output()),
        () ->
            new ShardMaker(hadoop, options, staging, progress).make(plan, shard, classes, stored));
  }
}
