package dev.convoy.data;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;

/** A way in which datasets are stored; {@link DatasetFormats} lists them all. */
public interface DatasetFormat {
  /** Returns the name by which a configuration asks for it. */
  String name();

  /** What the data consists of, in a few words. */
  String summary();

  /**
   * Opens one part of a dataset.
   *
   * @param uri the dataset's folder, on any Hadoop file system
   * @throws DataException if there is none, or it is corrupt
   */
  Dataset open(Configuration hadoop, String uri, Split split) throws IOException;
}
