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
 * @param augment random changes of training images
 * @param prefetch steps that the loader reads ahead, at least 1
 */
public record DataConfig(
    Format format,
    String train,
    String validation,
    List<String> classNames,
    Normalize normalize,
    Augment augment,
    int prefetch) {

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

  /** Random changes of training images: {@code flip} mirrors half of them left to right. */
  public record Augment(boolean flip) {}

  static DataConfig read(ConfigReader reader) {
    String folder = "the path or URI of a folder";
    return new DataConfig(
        reader.choice("data.format", Format.class),
        reader.text("data.train", folder),
        reader.text("data.validation", folder),
        reader.texts("data.class-names", "a list of names, one a class, or [] for the data's own"),
        normalize(reader),
        new Augment(reader.onOff("data.augment.flip")),
        reader.integer("data.prefetch", 1));
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
