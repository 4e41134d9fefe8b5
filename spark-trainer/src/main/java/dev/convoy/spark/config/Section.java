package dev.convoy.spark.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** A section of the configuration and its keys, in the order of their declaration. */
final class Section {
  private final String path;
  private final List<Key<?>> keys = new ArrayList<>();

  Section(String path) {
    this.path = path;
  }

  String path() {
    return path;
  }

  /** Returns the section's own name. */
  String name() {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  /** Returns the path of the section around this one; empty for none. */
  String parent() {
    return path.substring(0, Math.max(0, path.lastIndexOf('.')));
  }

  List<Key<?>> keys() {
    return Collections.unmodifiableList(keys);
  }

  /** Declares a key; see {@link Key}. */
  <T> Key<T> key(
      String name, Type<T> type, String byDefault, DefinesResult definesResult, String doc) {
    return add(name, type, byDefault, definesResult, Optional.empty(), doc);
  }

  /** Declares a key that has an effect only sometimes. */
  <T> Key<T> key(
      String name,
      Type<T> type,
      String byDefault,
      DefinesResult definesResult,
      Key.Usage usage,
      String doc) {
    return add(name, type, byDefault, definesResult, Optional.of(usage), doc);
  }

  private <T> Key<T> add(
      String name,
      Type<T> type,
      String byDefault,
      DefinesResult definesResult,
      Optional<Key.Usage> usage,
      String doc) {
    Key<T> key = new Key<>(path + "." + name, type, byDefault, definesResult, usage, doc.strip());
    keys.add(key);
    return key;
  }
}
