package dev.convoy.data.source.tfrecord;

import dev.convoy.data.DataException;
import dev.convoy.data.source.SourceOptions;
import java.util.List;
import java.util.Locale;

/**
 * Which features of a record hold the image and its label.
 *
 * @param image the key of the image's file
 * @param label the key of the label
 */
record ExampleKeys(String image, String label) {
  /** As the scripts of TensorFlow's models call it; then TFDS and what people write by hand. */
  private static final List<String> IMAGES =
      List.of(
          "image/encoded",
          "image",
          "image_raw",
          "encoded",
          "image_bytes",
          "img",
          "jpg",
          "jpeg",
          "png");

  private static final List<String> LABELS =
      List.of(
          "image/class/label",
          "label",
          "image/label",
          "class",
          "cls",
          "target",
          "class_id",
          "label_id");

  /** Names of images, for people. */
  private static final List<String> NAMES =
      List.of("image/filename", "file_name", "filename", "image/file_name", "image/id", "id");

  /**
   * Finds the keys in the first record of a dataset.
   *
   * @param options which keys a user names
   * @throws DataException if none is usual, or several are
   */
  static ExampleKeys of(ExampleFeatures first, SourceOptions options) {
    return new ExampleKeys(
        key(first, options.imageKey(), "image", "--image-key", IMAGES),
        key(first, options.labelKey(), "label", "--label-key", LABELS));
  }

  private static String key(
      ExampleFeatures first, String wanted, String what, String option, List<String> usual) {
    if (wanted != null) {
      if (!first.has(wanted)) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s %s is no feature of %s, which has %s",
                option,
                wanted,
                first.where(),
                first.keys()));
      }
      return wanted;
    }
    List<String> found = usual.stream().filter(first::has).toList();
    if (found.isEmpty()) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s has no %s under a usual key such as %s, but %s; %s KEY names another",
              first.where(),
              what,
              usual.get(0),
              first.keys(),
              option));
    }
    if (found.size() > 1 && !found.get(0).equals(usual.get(0))) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s may have its %s in %s; %s KEY says in which",
              first.where(),
              what,
              String.join(" or ", found),
              option));
    }
    return found.get(0);
  }

  /** Returns the key of an image's name in a record, or null. */
  static String nameIn(ExampleFeatures record) {
    return NAMES.stream().filter(record::has).findFirst().orElse(null);
  }
}
