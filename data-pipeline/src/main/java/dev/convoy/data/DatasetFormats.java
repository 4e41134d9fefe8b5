package dev.convoy.data;

import dev.convoy.data.idx.IdxFormat;
import dev.convoy.data.shard.ShardFormat;
import dev.convoy.registry.Registry;
import java.util.List;

/** The formats that Convoy reads; a new one is a file of its own and a line here. */
public final class DatasetFormats {
  private static final List<DatasetFormat> ALL = List.of(new IdxFormat(), new ShardFormat());

  private static final Registry<DatasetFormat> REGISTRY =
      new Registry<>("there is no data format '%s'", DataException::new, DatasetFormat::name, ALL);

  private DatasetFormats() {}

  /** Returns all formats. */
  public static List<DatasetFormat> all() {
    return ALL;
  }

  /** Returns the names in {@code data.format}. */
  public static List<String> names() {
    return REGISTRY.names();
  }

  /**
   * Returns the format of that name.
   *
   * @throws DataException if there is none
   */
  public static DatasetFormat named(String name) {
    return REGISTRY.named(name);
  }
}
