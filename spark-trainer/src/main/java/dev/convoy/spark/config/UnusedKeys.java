package dev.convoy.spark.config;

import java.util.List;

/** Notices of keys that somebody has set although nothing uses them under the other values. */
final class UnusedKeys {
  private UnusedKeys() {}

  static List<String> notices(ConvoyConfig config, Values values) {
    return Keys.stream()
        .filter(key -> !key.usedBy(config) && values.isGiven(key) && !values.isRendered(key))
        .map(
            key ->
                "%s has no effect here; it needs %s"
                    .formatted(values.assignment(key), key.usage().orElseThrow().needs()))
        .toList();
  }
}
