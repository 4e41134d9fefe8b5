package dev.convoy.data.prepare;

import dev.convoy.data.DataException;
import dev.convoy.data.source.SourceFormat;
import dev.convoy.data.source.cifar.Cifar100Format;
import dev.convoy.data.source.cifar.Cifar10Format;
import dev.convoy.data.source.folder.FolderFormat;
import dev.convoy.data.source.imagenet.ImageNetFormat;
import dev.convoy.data.source.mnist.MnistFormat;
import dev.convoy.data.source.tfrecord.TfRecordFormat;
import dev.convoy.data.source.webdataset.WebDatasetFormat;
import dev.convoy.registry.Registry;
import java.util.List;

/** The formats that can be prepared; a new one is a file of its own and a line here. */
public final class SourceFormats {
  private static final List<SourceFormat> ALL =
      List.of(
          new ImageNetFormat(),
          new FolderFormat(),
          new MnistFormat(),
          new Cifar10Format(),
          new Cifar100Format(),
          new TfRecordFormat(),
          new WebDatasetFormat());

  private static final Registry<SourceFormat> REGISTRY =
      new Registry<>(
          "the format '%s' cannot be prepared", DataException::new, SourceFormat::name, ALL);

  private SourceFormats() {}

  /** Returns all formats. */
  public static List<SourceFormat> all() {
    return ALL;
  }

  /**
   * Returns the format of that name.
   *
   * @throws DataException if there is none
   */
  public static SourceFormat named(String name) {
    return REGISTRY.named(name);
  }
}
