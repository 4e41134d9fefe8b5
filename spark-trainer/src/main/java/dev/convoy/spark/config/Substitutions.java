package dev.convoy.spark.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the key whose value names something that is not set, for Typesafe Config does not say. */
final class Substitutions {
  private static final Pattern EXPRESSION = Pattern.compile("\\$\\{([^}]+)\\}");

  private Substitutions() {}

  /**
   * Returns the refusal of a substitution, if the key that has it is found.
   *
   * @param layers of the configuration, not resolved yet, the uppermost first
   */
  static Optional<UserError> refusal(
      ConfigException.UnresolvedSubstitution unresolved, List<Config> layers) {
    Matcher expression = EXPRESSION.matcher(unresolved.getMessage());
    if (!expression.find()) {
      return Optional.empty();
    }
    return layers.stream()
        .flatMap(layer -> find(layer.root(), "", expression.group()).stream())
        .findFirst()
        .map(
            found ->
                new UserError(
                    "%s: %s = %s is refused; neither a key nor an environment variable %s is set"
                        .formatted(
                            Origins.of(found.getValue()),
                            found.getKey(),
                            text(found.getValue()),
                            expression.group(1)),
                    unresolved));
  }

  private static Optional<Map.Entry<String, ConfigValue>> find(
      ConfigObject section, String prefix, String expression) {
    for (Map.Entry<String, ConfigValue> entry : entries(section).entrySet()) {
      String path = prefix + entry.getKey();
      Optional<Map.Entry<String, ConfigValue>> found =
          entry.getValue() instanceof ConfigObject inner
              ? find(inner, path + ".", expression)
              : text(entry.getValue()).contains(expression)
                  ? Optional.of(Map.entry(path, entry.getValue()))
                  : Optional.empty();
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /**
   * Returns the keys of a section, or none where it is joined of parts that are not resolved yet.
   */
  private static Map<String, ConfigValue> entries(ConfigObject section) {
    try {
      return new LinkedHashMap<>(section);
    } catch (ConfigException.NotResolved joined) {
      return Map.of();
    }
  }

  private static String text(ConfigValue value) {
    return value.render(ConfigRenderOptions.concise());
  }
}
