package dev.convoy.data.source.tfrecord;

import dev.convoy.data.DataException;
import dev.convoy.data.source.Entry;
import dev.convoy.data.source.tfrecord.ExampleFeatures.Feature;
import dev.convoy.data.source.tfrecord.ExampleFeatures.Kind;
import dev.convoy.data.text.ClassLabels;
import dev.convoy.data.text.TextLines;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** A record as an image with a class. */
final class LabelledExample {
  private static final String SYNSET = "image/class/synset";

  /** What names the class beside its number. */
  private static final List<String> CLASS_TEXTS =
      List.of("image/class/text", SYNSET, "class_name", "label_name", "label_text");

  private final TfRecords record;
  private final ExampleFeatures features;
  private final ExampleKeys keys;

  LabelledExample(TfRecords record, ExampleKeys keys) throws IOException {
    this.record = record;
    this.keys = keys;
    features = record.features();
  }

  /**
   * Returns the image's entry.
   *
   * @param fallback its name if it has none
   */
  Entry entry(ClassLabels labels, String fallback) {
    Feature image = features.one(keys.image(), "image", Kind.BYTES);
    int label = label(labels);
    for (String key : CLASS_TEXTS) {
      String text = features.text(key);
      if (labels.contradicts(label, text)) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s is of the class '%s' by %s, but of '%s' by %s, counted from %d; either %s is"
                    + " the list of another dataset, or labels count from another number:"
                    + " --first-label 0 or 1 says from which",
                record.where(),
                TextLines.shown(text),
                key,
                labels.names().get(label),
                keys.label(),
                labels.first(),
                labels.where()));
      }
    }
    String nameKey = ExampleKeys.nameIn(features);
    String name = nameKey == null ? "" : features.text(nameKey);
    return new Entry(
        record.file(),
        image.offset(),
        image.length(),
        label,
        name.isEmpty() ? fallback : name,
        record.framing());
  }

  private int label(ClassLabels labels) {
    Feature feature = features.one(keys.label(), "label", Kind.INTEGERS, Kind.FLOATS, Kind.BYTES);
    if (feature.kind() == Kind.BYTES) {
      String text = features.text(keys.label());
      return require(labels.ofText(text), text, labels);
    }
    double number = feature.number();
    boolean whole = number == Math.rint(number);
    String text =
        whole
            ? String.format(Locale.ROOT, "%.0f", number)
            : String.format(Locale.ROOT, "%s", number);
    return require(whole ? labels.ofNumber((long) number) : ClassLabels.NONE, text, labels);
  }

  private int require(int label, String value, ClassLabels labels) {
    if (label == ClassLabels.NONE) {
      throw new DataException(
          ClassLabels.isNumber(value)
              ? String.format(
                  Locale.ROOT,
                  "%s has the label %s, %s",
                  record.where(),
                  value,
                  labels.allowed(Long.parseLong(value)))
              : String.format(
                  Locale.ROOT,
                  "%s has the label '%s', neither the number of a class nor a name in %s",
                  record.where(),
                  TextLines.shown(value),
                  labels.where()));
    }
    return label;
  }

  /** Returns whether it names the class's synset, as records of ImageNet do. */
  boolean hasSynset() {
    return features.has(SYNSET);
  }

  /** Returns the record, for messages. */
  String where() {
    return record.where();
  }

  /** Returns the number of its class as it is stored, or -1 if it is none. */
  long storedLabel() {
    if (!features.has(keys.label())) {
      return -1;
    }
    Feature feature = features.one(keys.label(), "label", Kind.INTEGERS, Kind.FLOATS, Kind.BYTES);
    return feature.kind() == Kind.BYTES ? -1 : (long) feature.number();
  }

  /** Returns the label, counted from zero, of the class that it names; or none. */
  int namedLabel(ClassLabels labels) {
    int named = ClassLabels.NONE;
    for (String key : CLASS_TEXTS) {
      named = named == ClassLabels.NONE ? labels.ofName(features.text(key)) : named;
    }
    return named;
  }
}
