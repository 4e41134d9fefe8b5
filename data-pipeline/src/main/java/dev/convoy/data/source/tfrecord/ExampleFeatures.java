package dev.convoy.data.source.tfrecord;

import dev.convoy.data.DataException;
import dev.convoy.data.text.TextLines;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The features of a {@code tf.train.Example}, their values not read:
 *
 * <pre>
 *   Example.features = 1; Features.feature = 1, a map whose entries have key = 1, value = 2
 *   Feature.bytes_list = 1, float_list = 2, int64_list = 3; each has a repeated value = 1
 * </pre>
 */
final class ExampleFeatures {
  private static final int FEATURES = 1;
  private static final int FEATURE_LISTS = 2;
  private static final int SHOWN = 12;
  private static final int MOST_TEXT = 1024;

  private final String where;
  private final Map<String, Feature> features = new LinkedHashMap<>();

  private ExampleFeatures(String where) {
    this.where = where;
  }

  /** What values a feature has. */
  enum Kind {
    NOTHING,
    BYTES,
    FLOATS,
    INTEGERS
  }

  /**
   * A feature.
   *
   * @param values how many it has
   * @param number the first value of a list of numbers
   * @param offset where the first value of a list of bytes begins
   * @param length of that value
   * @param text that value in UTF-8, empty if it is long
   */
  record Feature(Kind kind, int values, double number, long offset, int length, String text) {
    private static final Feature EMPTY = new Feature(Kind.NOTHING, 0, 0, 0, 0, "");

    private Feature withNumber(Kind its, double value) {
      return new Feature(its, values + 1, values == 0 ? value : number, offset, length, text);
    }

    private Feature withOneMore() {
      return new Feature(kind, values + 1, number, offset, length, text);
    }
  }

  /**
   * Reads an example.
   *
   * @param where the record, for messages
   */
  static ExampleFeatures read(ProtoReader example, String where) throws IOException {
    ExampleFeatures read = new ExampleFeatures(where);
    boolean sequence = false;
    for (int field = example.field(); field != 0; field = example.field()) {
      if (field == FEATURES && example.isLengthDelimited()) {
        ProtoReader features = example.message();
        for (int each = features.field(); each != 0; each = features.field()) {
          if (each == 1 && features.isLengthDelimited()) {
            read.add(features.message());
          } else {
            features.skip();
          }
        }
      } else {
        sequence |= field == FEATURE_LISTS;
        example.skip();
      }
    }
    if (sequence) {
      throw new DataException(
          where + " is a tf.train.SequenceExample; expected is a tf.train.Example of one image");
    }
    return read;
  }

  private void add(ProtoReader entry) throws IOException {
    String key = "";
    Feature feature = Feature.EMPTY;
    for (int field = entry.field(); field != 0; field = entry.field()) {
      if (field == 1) {
        key = entry.text();
      } else if (field == 2) {
        feature = feature(entry.message());
      } else {
        entry.skip();
      }
    }
    if (features.put(key, feature) != null) {
      throw new DataException(where + " has the feature " + TextLines.shown(key) + " twice");
    }
  }

  private static Feature feature(ProtoReader reader) throws IOException {
    Feature feature = Feature.EMPTY;
    for (int kind = reader.field(); kind != 0; kind = reader.field()) {
      if (kind < 1 || kind >= Kind.values().length) {
        reader.skip();
        continue;
      }
      Kind its = Kind.values()[kind];
      if (feature.kind() != Kind.NOTHING && feature.kind() != its) {
        // The last of several fields of a "oneof" counts.
        feature = Feature.EMPTY;
      }
      ProtoReader list = reader.message();
      for (int field = list.field(); field != 0; field = list.field()) {
        feature = field == 1 ? values(feature, its, list) : skipped(feature, list);
      }
    }
    return feature;
  }

  private static Feature skipped(Feature feature, ProtoReader list) throws IOException {
    list.skip();
    return feature;
  }

  /** Returns one value, or a packed list of numbers. */
  private static Feature values(Feature before, Kind kind, ProtoReader list) throws IOException {
    Feature feature = before;
    if (kind == Kind.BYTES) {
      feature = before.values() == 0 ? bytes(list) : before.withOneMore();
      if (before.values() > 0) {
        list.skip();
      }
    } else if (list.isLengthDelimited()) {
      long end = list.endOfValue();
      while (list.position() < end) {
        feature = feature.withNumber(kind, number(kind, list));
      }
    } else {
      feature = feature.withNumber(kind, number(kind, list));
    }
    return feature;
  }

  private static Feature bytes(ProtoReader list) throws IOException {
    long end = list.endOfValue();
    long begin = list.position();
    int length = (int) (end - begin);
    String text = length <= MOST_TEXT ? list.text(length) : "";
    list.seek(end);
    return new Feature(Kind.BYTES, 1, 0, begin, length, text.strip());
  }

  private static double number(Kind kind, ProtoReader list) throws IOException {
    return kind == Kind.FLOATS ? list.float32() : list.varint();
  }

  /** Returns where it lies, for messages. */
  String where() {
    return where;
  }

  /** Returns whether there is a feature of that key. */
  boolean has(String key) {
    return features.containsKey(key);
  }

  /** Returns the feature of a key, which has one value of those kinds. */
  Feature one(String key, String what, Kind... kinds) {
    Feature feature = features.get(key);
    if (feature == null) {
      throw new DataException(
          String.format(
              Locale.ROOT, "%s has no %s: no feature %s, but %s", where, what, key, keys()));
    }
    if (feature.values() != 1) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s has %,d values in %s; expected is one %s an image",
              where,
              feature.values(),
              key,
              what));
    }
    for (Kind kind : kinds) {
      if (feature.kind() == kind) {
        return feature;
      }
    }
    throw new DataException(
        where
            + " has "
            + feature.kind().name().toLowerCase(Locale.ROOT)
            + " in "
            + key
            + ", which is no "
            + what);
  }

  /** Returns the text of a feature, empty unless it has just one that is short. */
  String text(String key) {
    Feature feature = features.get(key);
    return feature == null || feature.values() != 1 ? "" : feature.text();
  }

  /** Returns the keys, for messages. */
  String keys() {
    if (features.isEmpty()) {
      return "no features at all";
    }
    String keys =
        features.keySet().stream()
            .limit(SHOWN)
            .map(TextLines::shown)
            .collect(Collectors.joining(", "));
    return "features " + keys + (features.size() > SHOWN ? ", …" : "");
  }
}
