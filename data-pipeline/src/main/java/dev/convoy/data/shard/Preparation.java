package dev.convoy.data.shard;

import dev.convoy.data.DataException;
import dev.convoy.data.DataFolder;
import dev.convoy.data.Dataset;
import dev.convoy.data.DatasetFormat;
import dev.convoy.data.Split;
import dev.convoy.data.idx.IdxFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/** Makes shards of a dataset in another format. */
public final class Preparation {
  private Preparation() {}

  /**
   * Makes shards of both splits of a folder of IDX files.
   *
   * @param input the folder, on any Hadoop file system
   * @param output the folder of shards, which appears only when it is complete
   * @param shards how many for each split
   * @param overwrite whether an existing output is replaced; otherwise it is refused
   * @return what was written
   * @throws DataException if the input is not usable or the output cannot be written
   */
  public static Manifest mnist(
      Configuration hadoop,
      String input,
      String output,
      int shards,
      boolean overwrite,
      Progress progress)
      throws IOException {
    DatasetFormat format = new IdxFormat();
    try (Dataset train = format.open(hadoop, input, Split.TRAIN);
        Dataset validation = format.open(hadoop, input, Split.VALIDATION);
        Publication publication = new Publication(hadoop, output, overwrite)) {
      DataFolder folder = publication.temporary();
      ShardWriter writer = new ShardWriter(hadoop, folder, progress);
      Manifest manifest =
          new Manifest(
              Manifest.VERSION,
              train.classes(),
              train.classNames(),
              writer.write(train, Split.TRAIN, shards),
              writer.write(validation, Split.VALIDATION, shards),
              format.name() + " " + DataFolder.at(hadoop, input),
              Map.of("shards", Integer.toString(shards)));
      try (OutputStream out = folder.files().create(folder.resolve(Manifest.FILE), false)) {
        out.write(manifest.toJson());
      }
      verify(hadoop, folder);
      publication.publish();
      return manifest;
    }
  }

  /** Reads back what was written, before anybody can rely on it. */
  private static void verify(Configuration hadoop, DataFolder folder) throws IOException {
    for (Split split : Split.values()) {
      try (ShardDataset written = ShardDataset.open(hadoop, folder.toString(), split)) {
        written.verify();
      }
    }
  }
}
