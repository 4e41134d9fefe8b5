package dev.convoy.spark.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lays the sources over each other, {@code --set} over the file over {@code reference.conf}, and
 * resolves substitutions only then, so that an override takes part in them.
 */
final class ConfigSources {
  private static final Pattern SET =
      Pattern.compile("\\s*([A-Za-z0-9._-]+)\\s*=(.*)", Pattern.DOTALL);

  /** HOCON would read the two slashes of an unquoted URI as a comment. */
  private static final Pattern URI = Pattern.compile("\\s*[A-Za-z][A-Za-z0-9+.-]*:/\\S*\\s*");

  private ConfigSources() {}

  /** In this package's folder: other jars of the class path may bring a reference.conf too. */
  static Config reference() {
    return ConfigFactory.parseURL(ConfigSources.class.getResource("reference.conf"));
  }

  /** A file named by the user; {@code builtin} is the empty one. */
  static Config file(String file) {
    if (file.equals(ConvoyConfig.BUILTIN)) {
      return ConfigFactory.empty();
    }
    Path path = Path.of(file);
    if (!Files.exists(path)) {
      throw new UserError("no such configuration file: " + file);
    }
    if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
      throw new UserError("the configuration " + file + " is not a file that can be read");
    }
    try {
      return ConfigFactory.parseFile(path.toFile());
    } catch (ConfigException broken) {
      throw refusal(broken);
    }
  }

  /** Overrides {@code key=value}, the value in HOCON's syntax; the last one of a key wins. */
  static Config overrides(List<String> sets) {
    Config overrides = ConfigFactory.empty();
    for (String set : sets) {
      overrides = override(set).withFallback(overrides);
    }
    return overrides;
  }

  private static Config override(String set) {
    Matcher matcher = SET.matcher(set);
    if (!matcher.matches()) {
      throw new UserError("--set " + set + " is refused; it must be key=value");
    }
    String value = matcher.group(2);
    if (URI.matcher(value).matches()) {
      value = ConfigUtil.quoteString(value.strip());
    }
    try {
      return ConfigFactory.parseString(
          matcher.group(1) + "=" + value,
          ConfigParseOptions.defaults().setOriginDescription("--set"));
    } catch (ConfigException broken) {
      throw new UserError(
          "--set " + set + " is refused; the value is no HOCON (quote texts with \"…\")", broken);
    }
  }

  static Config resolve(Config overrides, Config file) {
    for (Config layer : List.of(overrides, file)) {
      if (sets(layer, "steps") && sets(layer, "epochs")) {
        throw new UserError(
            Origins.of(layer.getValue("train.steps"))
                + ": train.steps and train.epochs are both set; set one of them");
      }
    }
    try {
      Config resolved = overrides.withFallback(file).withFallback(reference()).resolve();
      return withOneLength(resolved, bySteps(overrides, file));
    } catch (ConfigException broken) {
      throw refusal(broken);
    }
  }

  /** The length of training is said once a layer; an upper layer's replaces a lower one's. */
  private static boolean bySteps(Config overrides, Config file) {
    return sets(overrides, "steps") || (!sets(overrides, "epochs") && sets(file, "steps"));
  }

  private static Config withOneLength(Config resolved, boolean bySteps) {
    boolean section = resolved.root().get("train") instanceof ConfigObject;
    String other = bySteps ? "train.epochs" : "train.steps";
    return section ? resolved.withValue(other, ConfigValueFactory.fromAnyRef(null)) : resolved;
  }

  /** Whether a layer that is not resolved yet gives a key of {@code train} a value. */
  private static boolean sets(Config layer, String key) {
    var train = layer.root().get("train");
    if (!(train instanceof ConfigObject section)) {
      return false;
    }
    var value = section.get(key);
    return value != null && value.valueType() != ConfigValueType.NULL;
  }

  private static UserError refusal(ConfigException broken) {
    String message = broken.getMessage();
    if (broken.origin() != null) {
      String place = broken.origin().description() + ": ";
      String what = message.startsWith(place) ? message.substring(place.length()) : message;
      message = Origins.of(broken.origin()) + ": " + what;
    }
    return new UserError(message.replaceAll("\\s+", " "), broken);
  }
}
