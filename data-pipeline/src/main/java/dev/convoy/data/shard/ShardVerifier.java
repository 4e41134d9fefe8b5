package dev.convoy.data.shard;

import dev.convoy.data.DataFolder;
import java.io.IOException;

/** Reads back what was written, before anybody can rely on it. */
public final class ShardVerifier {
  private ShardVerifier() {}

  /**
   * Reads a shard and its index from end to end.
   *
   * @throws dev.convoy.data.DataException if they are not what the manifest says
   */
  public static void verify(DataFolder folder, Manifest.Shard shard) throws IOException {
    try (ShardFile file = new ShardFile(folder, shard)) {
      file.verify();
    }
  }
}
