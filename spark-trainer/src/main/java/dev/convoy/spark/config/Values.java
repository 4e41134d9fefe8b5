package dev.convoy.spark.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;

/**
 * The values of a resolved configuration, one key at a time. Each refusal names the place, the key,
 * the value and what is allowed.
 */
final class Values {
  private final ConfigObject root;

  Values(ConfigObject root) {
    this.root = root;
  }

  /**
   * Returns the value of a key.
   *
   * @throws UserError if what was written is no value of the key's type
   */
  <T> T get(Key<T> key) {
    try {
      return key.type().parser().parse(value(key));
    } catch (Type.Invalid invalid) {
      throw refuse(key, key.type().allowed() + invalid.detail());
    }
  }

  /** Returns whether somebody has written a value, so that it is not the default. */
  boolean isGiven(Key<?> key) {
    return !Origins.isDefault(value(key));
  }

  /** Returns whether a value comes from another process, which has told of it already. */
  boolean isRendered(Key<?> key) {
    return Origins.of(value(key)).startsWith(Origins.RENDERED);
  }

  /** Returns the refusal of a key's value, which the caller throws. */
  UserError refuse(Key<?> key, String allowed) {
    if (value(key).valueType() == ConfigValueType.NULL) {
      return new UserError(key.path() + " is not set: expected " + allowed);
    }
    return new UserError(assignment(key) + " is invalid: expected " + allowed);
  }

  /** Returns where a key has which value, to begin a sentence with. */
  String assignment(Key<?> key) {
    ConfigValue value = value(key);
    String written = value.render(ConfigRenderOptions.concise());
    return Origins.of(value) + ": " + key.path() + " = " + written;
  }

  private ConfigValue value(Key<?> key) {
    ConfigObject section = root;
    String[] words = key.path().split("\\.", -1);
    for (int i = 0; i < words.length - 1; i++) {
      section = (ConfigObject) section.get(words[i]);
    }
    ConfigValue value = section.get(words[words.length - 1]);
    if (value == null) {
      throw new IllegalStateException(
          "reference.conf lacks %s; ReferenceConfTest says how to write it anew"
              .formatted(key.path()));
    }
    return value;
  }
}
