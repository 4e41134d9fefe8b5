package dev.convoy.data.shard;

import dev.convoy.data.Dataset;
import dev.convoy.data.DatasetFormat;
import dev.convoy.data.Split;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;

/** Convoy's own shards, as {@link dev.convoy.data.prepare.Preparation} makes them. */
public final class ShardFormat implements DatasetFormat {
  @Override
  public String name() {
    return "shards";
  }

  @Override
  public String summary() {
    return "what `convoy prepare` writes";
  }

  @Override
  public Dataset open(Configuration hadoop, String uri, Split split) throws IOException {
    return ShardDataset.open(hadoop, uri, split);
  }
}
