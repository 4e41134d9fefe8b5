package dev.convoy.spark.config;

import com.typesafe.config.ConfigValueFactory;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A key of the configuration and everything known about it. Its type says what is allowed, for the
 * sentence that refuses a value; its default and its comment stand in {@code reference.conf}; what
 * it says of the result makes the identity of a run.
 *
 * @param path such as {@code train.optimizer.momentum}
 * @param type of its values
 * @param byDefault the default in HOCON; {@code null} for none
 * @param definesResult whether another value makes another run
 * @param usage when the key has an effect at all; empty for always
 * @param doc what it means, in sentences
 */
record Key<T>(
    String path,
    Type<T> type,
    String byDefault,
    DefinesResult definesResult,
    Optional<Usage> usage,
    String doc) {

  /**
   * When a key has an effect.
   *
   * @param needs what it needs, in words
   * @param used whether a configuration has that
   */
  record Usage(String needs, Predicate<ConvoyConfig> used) {}

  /** Returns the key's own name, without its section. */
  String name() {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  /** Returns whether a configuration must give it a value. */
  boolean required() {
    return byDefault.equals("null") && !nullable();
  }

  private boolean nullable() {
    try {
      type.parser().parse(ConfigValueFactory.fromAnyRef(null));
      return true;
    } catch (Type.Invalid mustBeSet) {
      return false;
    }
  }

  /** Returns whether a configuration has an effect of this key. */
  boolean usedBy(ConvoyConfig config) {
    return usage.isEmpty() || usage.get().used().test(config);
  }

  /** Returns whether another value would make a run of this configuration another one. */
  boolean defines(ConvoyConfig config) {
    return definesResult.equals(DefinesResult.WHERE_USED)
        ? usedBy(config)
        : definesResult.test().test(config);
  }

  /** Returns what is allowed, and whether it defines the result, in sentences. */
  String rule() {
    return (required() ? "Required: " : "Allowed: ")
        + type.allowed()
        + (nullable() ? ", or null." : ".")
        + (definesResult.words().isEmpty() ? "" : " " + definesResult.words() + ".");
  }
}
