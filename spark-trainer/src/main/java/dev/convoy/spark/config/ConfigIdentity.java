package dev.convoy.spark.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import java.util.List;
import java.util.Optional;

/**
 * What defines the result of a run: the values of the keys that say so, see {@link DefinesResult}.
 * Made from typed values, so that {@code 5e-4} and {@code 0.0005} are the same run.
 */
final class ConfigIdentity {
  private ConfigIdentity() {}

  static String of(ConvoyConfig config, Values values) {
    Config identity = ConfigFactory.empty();
    for (Key<?> key : Keys.all()) {
      Object value = key.defines(config) ? canonical(values.get(key)) : null;
      if (value != null) {
        identity = identity.withValue(key.path(), ConfigValueFactory.fromAnyRef(value));
      }
    }
    return identity.root().render(ConfigRenderOptions.concise());
  }

  /** Returns a typed value as JSON knows it; null for an empty one. */
  private static Object canonical(Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.map(ConfigIdentity::canonical).orElse(null);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(ConfigIdentity::canonical).toList();
    }
    if (value instanceof Enum<?> constant) {
      return Labels.label(constant);
    }
    return value instanceof Number || value instanceof Boolean ? value : value.toString();
  }
}
