package dev.convoy.spark.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lays the sources over each other, {@code --set} over the file over {@code reference.conf}, and
 * resolves substitutions only then, so that an override takes part in them.
 */
final class ConfigSources {
  private static final Pattern SET =
      Pattern.compile("\\s*([A-Za-z0-9._-]+)\\s*=(.*)", Pattern.DOTALL);

  private static final Pattern WORDS = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

  /** A text in quotes, as HOCON reads it. */
  private static final Pattern QUOTED = Pattern.compile("\"([^\"\\\\]|\\\\.)*\"", Pattern.DOTALL);

  private static final Pattern SUBSTITUTION = Pattern.compile("\\$\\{\\??[A-Za-z0-9._-]+\\}");

  /** How much of a long override is shown. */
  private static final int SHOWN = 160;

  private ConfigSources() {}

  /**
   * Returns the defaults, from this package's folder: other jars of the class path may have a
   * reference.conf, too.
   */
  static Config reference() {
    return ConfigFactory.parseURL(
        ConfigSources.class.getResource(Origins.REFERENCE),
        ConfigParseOptions.defaults().setOriginDescription(Origins.REFERENCE));
  }

  /** Returns a file named by the user; {@code builtin} is the empty one. */
  static Config file(String file, ConfigFiles files) {
    if (file.equals(ConvoyConfig.BUILTIN)) {
      return ConfigFactory.empty();
    }
    try {
      return files.read(file);
    } catch (ConfigException broken) {
      throw refusal(broken);
    }
  }

  /**
   * Overrides {@code key=value}; the last one of a key wins. The value is in HOCON's syntax, but a
   * path, which may hold whatever means something else in HOCON, is taken as it is, save for quotes
   * around all of it and for substitutions.
   */
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
      throw new UserError("--set " + shown(set) + " is invalid: expected key=value");
    }
    String key = matcher.group(1);
    HoconOutline outline = HoconOutline.of(key + "=" + matcher.group(2));
    if (outline.tooDeep() > 0) {
      throw new UserError(
          String.format(
              Locale.ROOT,
              "--set %s is refused; sections and lists are nested more than %d deep",
              shown(set),
              HoconOutline.DEEPEST));
    }
    if (!WORDS.matcher(key).matches()) {
      throw new UserError(
          "--set %s is refused; the key %s is malformed: single dots stand between its words"
              .formatted(shown(set), shown(key)));
    }
    String value = matcher.group(2);
    if (isVerbatim(key)) {
      value = asText(value);
    } else if (!outline.comments().isEmpty()) {
      throw new UserError(
          "--set %s is refused; # and // begin comments, so quote texts that have them with \"…\""
              .formatted(shown(set)));
    }
    try {
      Config parsed =
          ConfigFactory.parseString(
              key + "=" + value, ConfigParseOptions.defaults().setOriginDescription(Origins.SET));
      if (hasOnly(parsed.root(), key)) {
        return parsed;
      }
    } catch (ConfigException broken) {
      throw new UserError(
          "--set " + shown(set) + " is refused; the value is no HOCON (quote texts with \"…\")",
          broken);
    }
    throw new UserError("--set " + shown(set) + " is invalid: expected one key=value");
  }

  private static String shown(String text) {
    return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
  }

  private static boolean isVerbatim(String path) {
    return Keys.stream().anyMatch(key -> key.path().equals(path) && key.type().verbatim());
  }

  /** Returns a text as a HOCON string; {@code null} and quoted texts stay as they are. */
  private static String asText(String value) {
    String stripped = value.strip();
    if (stripped.equals("null") || QUOTED.matcher(stripped).matches()) {
      return stripped;
    }
    // A blank at the end was quoted for the shell, so it belongs to the text.
    String text = value.stripLeading();
    if (SUBSTITUTION.matcher(text).matches()) {
      return text;
    }
    StringBuilder hocon = new StringBuilder();
    Matcher substitution = SUBSTITUTION.matcher(text);
    int from = 0;
    while (substitution.find()) {
      hocon.append(ConfigUtil.quoteString(text.substring(from, substitution.start())));
      hocon.append(substitution.group());
      from = substitution.end();
    }
    return hocon.append(ConfigUtil.quoteString(text.substring(from))).toString();
  }

  /** Returns whether nothing lies beside the key: a value of several lines may hold others. */
  private static boolean hasOnly(ConfigObject root, String key) {
    ConfigValue value = root;
    for (String word : key.split("\\.", -1)) {
      if (!(value instanceof ConfigObject section)
          || section.size() != 1
          || !section.containsKey(word)) {
        return false;
      }
      value = section.get(word);
    }
    return true;
  }

  /** Returns the values of a command that has no file: {@code --set} over the defaults. */
  static Values defaults(List<String> sets) {
    return new Values(resolve(overrides(sets), ConfigFactory.empty()).root());
  }

  /** Returns the values of all keys; refuses keys that do not exist. */
  static Config resolve(Config overrides, Config file) {
    Config resolved = layered(overrides, file);
    new KnownKeys(reference().root()).check(resolved.root());
    return resolved;
  }

  private static Config layered(Config overrides, Config file) {
    try {
      requireOneLength(overrides);
      requireOneLength(file);
      Config resolved = overrides.withFallback(file).withFallback(reference()).resolve();
      return withNormalize(withOneLength(resolved, bySteps(overrides, file)));
    } catch (ConfigException.UnresolvedSubstitution unresolved) {
      throw Substitutions.refusal(unresolved, List.of(overrides, file))
          .orElseGet(() -> refusal(unresolved));
    } catch (ConfigException broken) {
      throw refusal(broken);
    }
  }

  private static void requireOneLength(Config layer) {
    if (sets(layer, "steps") && sets(layer, "epochs")) {
      throw new UserError(
          Origins.of(layer.getValue("train.steps"))
              + ": train.steps and train.epochs are both set; set one of them");
    }
  }

  /**
   * Returns whether the length of training is given in steps; what the command line says replaces
   * what the file says.
   */
  private static boolean bySteps(Config overrides, Config file) {
    return sets(overrides, "steps") || (!sets(overrides, "epochs") && sets(file, "steps"));
  }

  private static Config withOneLength(Config resolved, boolean bySteps) {
    boolean section = resolved.root().get("train") instanceof ConfigObject;
    String other = bySteps ? "train.epochs" : "train.steps";
    return section ? resolved.withValue(other, ConfigValueFactory.fromAnyRef(null)) : resolved;
  }

  /**
   * Expands the word {@code auto} into a section whose keys all are {@code auto}; a section that
   * replaces that word has the defaults for what it lacks.
   */
  private static Config withNormalize(Config resolved) {
    String path = "data.normalize";
    ConfigObject defaults = reference().getObject(path);
    if (!(resolved.root().get("data") instanceof ConfigObject data)) {
      return resolved;
    }
    ConfigValue value = data.get("normalize");
    if (value instanceof ConfigObject section) {
      ConfigObject whole = section;
      for (var entry : defaults.entrySet()) {
        if (!section.containsKey(entry.getKey())) {
          whole = whole.withValue(entry.getKey(), entry.getValue());
        }
      }
      return resolved.withValue(path, whole);
    }
    if (value != null && !"auto".equals(value.unwrapped())) {
      throw new UserError(
          "%s: %s = %s is invalid: expected auto or a section with the keys mean and std"
              .formatted(Origins.of(value), path, value.render(ConfigRenderOptions.concise())));
    }
    return resolved.withValue(path, defaults);
  }

  /** Returns whether a layer that is not resolved yet gives a key of {@code train} a value. */
  private static boolean sets(Config layer, String key) {
    var train = layer.root().get("train");
    if (!(train instanceof ConfigObject section)) {
      return false;
    }
    var value = section.get(key);
    try {
      return value != null && value.valueType() != ConfigValueType.NULL;
    } catch (ConfigException.NotResolved substitution) {
      return true;
    }
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
