package dev.convoy.spark.config;

import java.util.List;

/**
 * Section {@code data}.
 *
 * @param format how the data is stored
 * @param train folder of the training data, a path or Hadoop URI, as the user wrote it
 * @param validation folder of the validation data, likewise
 * @param classNames names in the order of the labels; empty for those that the data brings
 * @param normalize what is subtracted from and divided out of every pixel
 * @param augment what is done to images
 * @param onCorrupt what to do about images that turn out to be corrupt
 * @param lastBatch what to do about an epoch's last images
 * @param prefetch steps that the loader reads ahead, at least 1
 * @param workers threads that read, decode and augment, at least 1
 */
public record DataConfig(
    Format format,
    String train,
    String validation,
    List<String> classNames,
    Normalize normalize,
    Augment augment,
    OnCorrupt onCorrupt,
    LastBatch lastBatch,
    int prefetch,
    int workers) {

  /** How the data is stored. */
  public enum Format implements Choice {
    IDX,
    SHARDS
  }

  /** Mean and standard deviation of each channel, of pixels scaled to 0..1; lists of one length. */
  public record Normalize(List<Float> mean, List<Float> std) {
    public Normalize {
      mean = List.copyOf(mean);
      std = List.copyOf(std);
    }
  }

  /** Lines as {@link dev.convoy.data.augment.Augmentations} reads them, of each split. */
  public record Augment(List<String> train, List<String> validation) {
    public Augment {
      train = List.copyOf(train);
      validation = List.copyOf(validation);
    }
  }

  /** What to do about an image that turns out to be corrupt. */
  public enum OnCorrupt implements Choice {
    FAIL,
    SKIP
  }

  /** What to do about an epoch's last images. */
  public enum LastBatch implements Choice {
    DROP,
    PAD
  }

  static DataConfig read(ConfigReader reader) {
    String folder = "the path or URI of a folder";
    return new DataConfig(
        reader.choice("data.format", Format.class),
        reader.text("data.train", folder),
        reader.text("data.validation", folder),
        reader.texts("data.class-names", "a list of names, one a class, or [] for the data's own"),
        normalize(reader),
        new Augment(steps(reader, "data.augment.train"), steps(reader, "data.augment.validation")),
        reader.choice("data.on-corrupt", OnCorrupt.class),
        reader.choice("data.last-batch", LastBatch.class),
        reader.integer("data.prefetch", 1),
        reader.integer("data.workers", 1));
  }

  private static List<String> steps(ConfigReader reader, String key) {
    return reader.texts(
        key, "a list of steps such as [\"random-resized-crop\", \"mirror\"], or []");
  }

  private static Normalize normalize(ConfigReader reader) {
    List<Float> mean =
        reader.numbers("data.normalize.mean", m -> true, "a list of numbers, one a channel");
    String allowed = "a list of numbers > 0, one a channel";
    List<Float> std = reader.numbers("data.normalize.std", s -> s > 0, allowed);
    if (std.size() != mean.size()) {
      throw reader.refuse(
          "data.normalize.std", "as long as data.normalize.mean (" + mean.size() + ")");
    }
    return new Normalize(mean, std);
  }
}
