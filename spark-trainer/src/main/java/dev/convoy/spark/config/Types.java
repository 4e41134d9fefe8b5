package dev.convoy.spark.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.convoy.spark.config.Type.Invalid;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.DoublePredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The types of keys. Stricter than Typesafe Config, which would take 1.5 for a whole number, and
 * than {@link BigDecimal}, which would take digits of any script.
 */
final class Types {
  /** A number as HOCON and people write it; the digits of other scripts are none. */
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");

  /** Keeps {@code longValueExact()} from writing out the digits of 1e999999999. */
  private static final int MOST_DIGITS = 400;

  private static final int MOST_BYTES = 2047 << 20;

  private static final int MEBIBYTES_OF_1024G = 1 << 20;

  private Types() {}

  /** Returns a whole number from {@code min} that fits an int. */
  static Type<Integer> wholeNumber(int min) {
    return new Type<>(
        "a whole number from " + min, value -> (int) whole(value, min, Integer.MAX_VALUE));
  }

  /** Returns a whole number from {@code min} to {@code max}. */
  static Type<Integer> wholeNumber(int min, int max) {
    return wholeNumber("a whole number from " + min + " to " + max, min, max);
  }

  /**
   * Returns a whole number from {@code min} to {@code max}, with other words for what is allowed.
   */
  static Type<Integer> wholeNumber(String allowed, int min, int max) {
    return new Type<>(allowed, value -> (int) whole(value, min, max));
  }

  /** Returns any whole number of 64 bits. */
  static Type<Long> longNumber() {
    return new Type<>(
        "a whole number of 64 bits", value -> whole(value, Long.MIN_VALUE, Long.MAX_VALUE));
  }

  private static long whole(ConfigValue value, long min, long max) throws Invalid {
    try {
      long number = decimal(value).longValueExact();
      if (number >= min && number <= max) {
        return number;
      }
    } catch (ArithmeticException fractionOrTooLarge) {
      throw new Invalid();
    }
    throw new Invalid();
  }

  /** Returns a number that is finite, and valid also as the float with which training computes. */
  static Type<Double> number(String allowed, DoublePredicate valid) {
    return new Type<>(
        allowed,
        value -> {
          double number = decimal(value).doubleValue();
          if (!valid.test(number)) {
            throw new Invalid();
          }
          // As floats, 1e39 is infinite, 1e-50 zero and 0.999999999 one.
          float computed = (float) number;
          boolean lost = computed == 0 && number != 0;
          if (!Float.isFinite(computed) || !valid.test(computed) || lost) {
            throw new Invalid(" that a float of 32 bits can hold");
          }
          return number;
        });
  }

  /** Returns a list of numbers that are finite and valid as floats; not empty. */
  static Type<List<Float>> numbers(String allowed, Predicate<Float> valid) {
    return new Type<>(
        allowed,
        value -> {
          if (!(value instanceof ConfigList list) || list.isEmpty()) {
            throw new Invalid();
          }
          List<Float> numbers = new ArrayList<>();
          for (ConfigValue element : list) {
            float number = decimal(element).floatValue();
            if (!Float.isFinite(number) || !valid.test(number)) {
              throw new Invalid();
            }
            numbers.add(number);
          }
          return List.copyOf(numbers);
        });
  }

  private static BigDecimal decimal(ConfigValue value) throws Invalid {
    boolean scalar =
        value.valueType() == ConfigValueType.NUMBER || value.valueType() == ConfigValueType.STRING;
    String text = scalar ? value.unwrapped().toString().strip() : "";
    if (!NUMBER.matcher(text).matches()) {
      throw new Invalid();
    }
    try {
      BigDecimal number = new BigDecimal(text);
      if (Math.abs((long) number.scale()) <= MOST_DIGITS) {
        return number;
      }
    } catch (NumberFormatException exponentTooLarge) {
      throw new Invalid();
    }
    throw new Invalid();
  }

  /**
   * Returns a text that is not empty; numbers and booleans count as the text they were written as.
   */
  static Type<String> text(String allowed) {
    return new Type<>(allowed, Types::scalar);
  }

  private static String scalar(ConfigValue value) throws Invalid {
    boolean scalar =
        switch (value.valueType()) {
          case STRING, NUMBER, BOOLEAN -> !value.unwrapped().toString().isBlank();
          case OBJECT, LIST, NULL -> false;
        };
    if (!scalar) {
      throw new Invalid();
    }
    return value.unwrapped().toString().strip();
  }

  /** Returns a text of which {@code parse} makes something; empty where it cannot. */
  static <T> Type<T> parsed(String allowed, Function<String, Optional<T>> parse) {
    return new Type<>(allowed, value -> parse.apply(scalar(value)).orElseThrow(Invalid::new));
  }

  /** Returns a list of texts, none of them empty; the list may be. */
  static Type<List<String>> texts(String allowed, Predicate<List<String>> valid) {
    return new Type<>(
        allowed,
        value -> {
          if (!(value instanceof ConfigList list)) {
            throw new Invalid();
          }
          List<String> texts = list.stream().map(text -> String.valueOf(text.unwrapped())).toList();
          if (texts.stream().anyMatch(String::isBlank) || !valid.test(texts)) {
            throw new Invalid();
          }
          return texts;
        });
  }

  /**
   * Returns a path or URI as it was written, blanks included; on the command line it needs no
   * quotes.
   */
  static Type<String> path(String allowed) {
    return new Type<>(
        allowed,
        value -> {
          scalar(value);
          String path = value.unwrapped().toString();
          OptionalInt control = path.chars().filter(Character::isISOControl).findFirst();
          if (control.isPresent()) {
            throw new Invalid(
                String.format(
                    Locale.ROOT,
                    "; it has the control character U+%04X (within quotes a backslash is written \\\\)",
                    control.getAsInt()));
          }
          return path;
        },
        true);
  }

  /** Returns a switch: {@code on} or {@code off}. */
  static Type<Boolean> onOff() {
    return new Type<>(
        "on or off",
        value ->
            switch (scalar(value)) {
              case "on", "true", "yes" -> true;
              case "off", "false", "no" -> false;
              default -> throw new Invalid();
            });
  }

  /** Returns one of a list's names, as the list gives them. */
  static Type<String> name(List<String> names) {
    return new Type<>(
        oneOf(names),
        value -> {
          String text = scalar(value);
          if (!names.contains(text)) {
            throw new Invalid(Suggestion.phrase(text, names));
          }
          return text;
        });
  }

  /** Returns one of a list's names, or a word for none of them. */
  static Type<Optional<String>> nameOr(String word, List<String> names) {
    List<String> all = new ArrayList<>(List.of(word));
    all.addAll(names);
    return name(all).or(word);
  }

  /** Returns one of an enum's constants, by its {@link Labels#label label}. */
  static <E extends Enum<E>> Type<E> choice(Class<E> type) {
    List<String> labels = Labels.all(type);
    Type<String> label = name(labels);
    return new Type<>(
        label.allowed(),
        value -> type.getEnumConstants()[labels.indexOf(label.parser().parse(value))]);
  }

  static String oneOf(List<String> names) {
    return names.size() == 1 ? names.get(0) : "one of " + String.join(", ", names);
  }

  /** Returns a duration above zero, such as {@code 60s}; a bare number is taken as milliseconds. */
  static Type<Duration> duration() {
    return new Type<>(
        "a duration above zero, such as 500ms, 60s or 2m",
        value -> {
          requireAscii(scalar(value));
          try {
            Duration duration = value.atKey("value").getDuration("value");
            if (!duration.isNegative() && !duration.isZero()) {
              return duration;
            }
          } catch (ConfigException | ArithmeticException notADuration) {
            throw new Invalid();
          }
          throw new Invalid();
        });
  }

  /** Returns a size in MiB, rounded down; {@code 1g} is 1024 MiB. */
  static Type<Integer> mebibytes(int min) {
    return new Type<>(
        "a size from " + min + "m to 1023g, such as 1536m or 2g",
        value -> {
          requireAscii(scalar(value));
          try {
            long mebibytes = value.atKey("value").getBytes("value") >> 20;
            if (mebibytes >= min && mebibytes < MEBIBYTES_OF_1024G) {
              return (int) mebibytes;
            }
          } catch (ConfigException notASize) {
            throw new Invalid();
          }
          throw new Invalid();
        });
  }

  /** Returns a size in bytes from {@code min} to 2,047 MiB; {@code 4m} is 4 MiB. */
  static Type<Integer> bytes(String allowed, int min) {
    return new Type<>(
        allowed,
        value -> {
          requireAscii(scalar(value));
          try {
            long bytes = value.atKey("value").getBytes("value");
            if (bytes >= min && bytes <= MOST_BYTES) {
              return (int) bytes;
            }
          } catch (ConfigException notASize) {
            throw new Invalid();
          }
          throw new Invalid();
        });
  }

  /** Returns a span of training, or {@code never} for none. */
  static Type<Optional<Span>> every(String allowed, Predicate<Span> valid) {
    return parsed(allowed, text -> Span.parse(text).filter(valid)).or("never");
  }

  /** Refuses digits of other scripts, which Java's parsers take. */
  private static void requireAscii(String text) throws Invalid {
    if (!text.chars().allMatch(c -> c < 128)) {
      throw new Invalid();
    }
  }
}
