package dev.convoy.spark.config;

import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How the values of a key are written: what is allowed, in words, and how it is parsed. {@link
 * Types} has the types there are.
 *
 * @param allowed what a person may write; completes "expected …"
 * @param parser from what was written to the value
 * @param verbatim whether {@code --set} takes a value as it is rather than as HOCON
 */
record Type<T>(String allowed, Parser<T> parser, boolean verbatim) {
  Type(String allowed, Parser<T> parser) {
    this(allowed, parser, false);
  }

  /** Parses one value. */
  interface Parser<T> {
    T parse(ConfigValue value) throws Invalid;
  }

  /** Says that a value is none of this type. */
  static final class Invalid extends Exception {
    private static final long serialVersionUID = 1L;

    private final String detail;

    Invalid() {
      this("");
    }

    /** Creates an exception with words to add to what is allowed. */
    Invalid(String detail) {
      super(detail);
      this.detail = detail;
    }

    String detail() {
      return detail;
    }
  }

  /** Returns the same type, or {@code null} for no value. */
  Type<Optional<T>> orNull() {
    return or(value -> value.valueType() == ConfigValueType.NULL);
  }

  /** Returns the same type, or a word for no value. */
  Type<Optional<T>> or(String word) {
    return or(value -> value.unwrapped() instanceof String text && text.strip().equals(word));
  }

  private Type<Optional<T>> or(Predicate<ConfigValue> none) {
    return new Type<>(
        allowed,
        value -> none.test(value) ? Optional.empty() : Optional.of(parser.parse(value)),
        verbatim);
  }

  /** Returns the same type, of which only some values are allowed. */
  Type<T> where(Predicate<T> valid) {
    return new Type<>(
        allowed,
        value -> {
          T parsed = parser.parse(value);
          if (!valid.test(parsed)) {
            throw new Invalid();
          }
          return parsed;
        },
        verbatim);
  }
}
