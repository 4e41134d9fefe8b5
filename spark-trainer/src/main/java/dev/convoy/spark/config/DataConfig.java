package dev.convoy.spark.config;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * Section {@code data}.
 *
 * @param format how the data is stored
 * @param train folder of the training data, a path or Hadoop URI, as the user wrote it
 * @param validation folder of the validation data, likewise
 * @param classNames names in the order of the labels; empty for those that the data brings
 * @param normalize what is subtracted from and divided out of every pixel; empty for {@code auto},
 *     the training images' own mean and deviation
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
    Optional<Normalize> normalize,
    Augment augment,
    OnCorrupt onCorrupt,
    LastBatch lastBatch,
    int prefetch,
    int workers) {

  /** Threads or steps; more is a slip of the keyboard, and would not fit in memory. */
  private static final int MOST = 1024;

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

  /** The numbers to normalize by, where they are known. */
  public Normalize normalization() {
    return normalize.orElseThrow(
        () -> new IllegalStateException("data.normalize = auto has not been resolved"));
  }

  static DataConfig read(ConfigReader reader) {
    String folder = "the path or URI of a folder";
    return new DataConfig(
        reader.choice("data.format", Format.class),
        reader.path("data.train", folder),
        reader.path("data.validation", folder),
        classNames(reader),
        normalize(reader),
        new Augment(steps(reader, "data.augment.train"), steps(reader, "data.augment.validation")),
        reader.choice("data.on-corrupt", OnCorrupt.class),
        reader.choice("data.last-batch", LastBatch.class),
        reader.integer("data.prefetch", 1, MOST),
        reader.integer("data.workers", 1, MOST));
  }

  private static List<String> classNames(ConfigReader reader) {
    String key = "data.class-names";
    String allowed = "a list of different names, one a class, or [] for the data's own";
    List<String> names = reader.texts(key, allowed);
    if (new HashSet<>(names).size() < names.size()) {
      throw reader.refuse(key, allowed);
    }
    return names;
  }

  private static List<String> steps(ConfigReader reader, String key) {
    return reader.texts(
        key, "a list of steps such as [\"random-resized-crop\", \"mirror\"], or []");
  }

  private static Optional<Normalize> normalize(ConfigReader reader) {
    String mean = "data.normalize.mean";
    String std = "data.normalize.std";
    if (reader.isAuto(mean) && reader.isAuto(std)) {
      return Optional.empty();
    }
    List<Float> means =
        reader.numbers(mean, m -> m >= 0 && m <= 1, "a list of numbers from 0 to 1, one a channel");
    List<Float> deviations =
        reader.numbers(
            std, s -> s > 0 && s <= 1, "a list of numbers above 0 and up to 1, one a channel");
    if (deviations.size() != means.size()) {
      throw reader.refuse(std, "as long as data.normalize.mean (" + means.size() + ")");
    }
    return Optional.of(new Normalize(means, deviations));
  }
}
