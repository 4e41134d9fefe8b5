package dev.convoy.spark.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.DoublePredicate;
import java.util.function.Predicate;

/**
 * Reads one key at a time as a type. Stricter than Typesafe Config, which would take 1.5 for a
 * whole number; each refusal names the place, the key, the value and what is allowed.
 */
final class ConfigReader {
  private final ConfigObject root;

  ConfigReader(ConfigObject root) {
    this.root = root;
  }

  /** A whole number from {@code min}, that fits an int. */
  int integer(String key, int min) {
    return (int) whole(key, min, Integer.MAX_VALUE, "a whole number from " + min);
  }

  /** A whole number from {@code min} to {@code max}. */
  int integer(String key, int min, int max) {
    return (int) whole(key, min, max, "a whole number from " + min + " to " + max);
  }

  /** Any whole number of 64 bits. */
  long longInteger(String key) {
    return whole(key, Long.MIN_VALUE, Long.MAX_VALUE, "a whole number of 64 bits");
  }

  boolean isNull(String key) {
    return value(key).valueType() == ConfigValueType.NULL;
  }

  private long whole(String key, long min, long max, String allowed) {
    try {
      long number = decimal(key, allowed).longValueExact();
      if (number >= min && number <= max) {
        return number;
      }
    } catch (ArithmeticException fractionOrTooLarge) {
      throw refuse(key, allowed);
    }
    throw refuse(key, allowed);
  }

  /** A number that is finite, and valid, as the float too with which training computes. */
  double number(String key, DoublePredicate valid, String allowed) {
    double number = decimal(key, allowed).doubleValue();
    float computed = (float) number;
    if (!valid.test(number)) {
      throw refuse(key, allowed);
    }
    // To floats, 1e39 is infinite, 1e-50 zero and 0.999999999 one.
    boolean lost = computed == 0 && number != 0;
    if (!Float.isFinite(computed) || !valid.test(computed) || lost) {
      throw refuse(key, allowed + " that a float of 32 bits can hold");
    }
    return number;
  }

  List<Float> numbers(String key, Predicate<Float> valid, String allowed) {
    if (!(value(key) instanceof ConfigList list) || list.isEmpty()) {
      throw refuse(key, allowed);
    }
    List<Float> numbers =
        list.stream().map(element -> parse(element, key, allowed).floatValue()).toList();
    if (!numbers.stream().allMatch(number -> Float.isFinite(number) && valid.test(number))) {
      throw refuse(key, allowed);
    }
    return numbers;
  }

  /** A list of texts, none of them empty; the list may be. */
  List<String> texts(String key, String allowed) {
    if (!(value(key) instanceof ConfigList list)) {
      throw refuse(key, allowed);
    }
    List<String> texts = list.stream().map(text -> String.valueOf(text.unwrapped())).toList();
    if (texts.stream().anyMatch(String::isBlank)) {
      throw refuse(key, allowed);
    }
    return texts;
  }

  private BigDecimal decimal(String key, String allowed) {
    return parse(value(key), key, allowed);
  }

  private BigDecimal parse(ConfigValue value, String key, String allowed) {
    boolean scalar =
        value.valueType() == ConfigValueType.NUMBER || value.valueType() == ConfigValueType.STRING;
    try {
      BigDecimal number = new BigDecimal(scalar ? value.unwrapped().toString().strip() : "");
      // Keeps longValueExact() from writing out the digits of 1e999999999.
      return Math.abs((long) number.scale()) > 400 ? outOfRange(key, allowed) : number;
    } catch (NumberFormatException notANumber) {
      throw refuse(key, allowed);
    }
  }

  private BigDecimal outOfRange(String key, String allowed) {
    throw refuse(key, allowed);
  }

  /** A path or URI as it was written, blanks included. */
  String path(String key, String allowed) {
    text(key, allowed);
    String path = value(key).unwrapped().toString();
    OptionalInt control = path.chars().filter(Character::isISOControl).findFirst();
    if (control.isPresent()) {
      throw refuse(
          key,
          "%s; it has the control character %s (within quotes a backslash is written \\\\)"
              .formatted(allowed, String.format(Locale.ROOT, "U+%04X", control.getAsInt())));
    }
    return path;
  }

  /** Whether somebody has written a value, so that it is not the default. */
  boolean isGiven(String key) {
    return !Origins.isDefault(value(key));
  }

  /** Whether the value is the word {@code auto}. */
  boolean isAuto(String key) {
    return "auto".equals(value(key).unwrapped());
  }

  /** A text that is not empty; numbers and booleans count as the text they were written as. */
  String text(String key, String allowed) {
    ConfigValue value = value(key);
    boolean scalar =
        switch (value.valueType()) {
          case STRING, NUMBER, BOOLEAN -> !value.unwrapped().toString().isBlank();
          case OBJECT, LIST, NULL -> false;
        };
    if (!scalar) {
      throw refuse(key, allowed);
    }
    return value.unwrapped().toString().strip();
  }

  boolean onOff(String key) {
    return switch (text(key, "on or off")) {
      case "on", "true", "yes" -> true;
      case "off", "false", "no" -> false;
      default -> throw refuse(key, "on or off");
    };
  }

  <E extends Enum<E> & Choice> E choice(String key, Class<E> type) {
    List<String> labels = Choice.labels(type);
    String allowed = oneOf(labels);
    String text = text(key, allowed);
    int index = labels.indexOf(text);
    if (index < 0) {
      throw refuse(key, allowed + Suggestion.phrase(text, labels));
    }
    return type.getEnumConstants()[index];
  }

  static String oneOf(List<String> names) {
    return names.size() == 1 ? names.get(0) : "one of " + String.join(", ", names);
  }

  /** A duration above zero, such as {@code 60s}; a bare number is taken as milliseconds. */
  Duration duration(String key) {
    String allowed = "a duration above zero, such as 500ms, 60s or 2m";
    text(key, allowed);
    try {
      Duration duration = root.toConfig().getDuration(key);
      if (!duration.isNegative() && !duration.isZero()) {
        return duration;
      }
    } catch (ConfigException | ArithmeticException notADuration) {
      throw refuse(key, allowed);
    }
    throw refuse(key, allowed);
  }

  /** A size in MiB, rounded down; {@code 1g} is 1024 MiB. */
  int mebibytes(String key, int min) {
    String allowed = "a size from " + min + "m to 1023g, such as 1536m or 2g";
    text(key, allowed);
    try {
      long mebibytes = root.toConfig().getBytes(key) >> 20;
      if (mebibytes >= min && mebibytes < 1 << 20) {
        return (int) mebibytes;
      }
    } catch (ConfigException notASize) {
      throw refuse(key, allowed);
    }
    throw refuse(key, allowed);
  }

  /** A span of training, or nothing for {@code "never"}. */
  Optional<Span> every(String key, String allowed, Predicate<Span> valid) {
    String text = text(key, allowed);
    if (text.equals("never")) {
      return Optional.empty();
    }
    Optional<Span> span = Span.parse(text).filter(valid);
    if (span.isEmpty()) {
      throw refuse(key, allowed);
    }
    return span;
  }

  /** The refusal of a key's value; the caller throws it. */
  UserError refuse(String key, String allowed) {
    ConfigValue value = value(key);
    if (value.valueType() == ConfigValueType.NULL) {
      return new UserError(key + " is not set; it must be " + allowed);
    }
    return new UserError(assignment(key) + " is refused; it must be " + allowed);
  }

  /** Where a key has which value, to begin a sentence with. */
  String assignment(String key) {
    ConfigValue value = value(key);
    String written = value.render(ConfigRenderOptions.concise());
    return Origins.of(value) + ": " + key + " = " + written;
  }

  private ConfigValue value(String key) {
    ConfigObject section = root;
    String[] words = key.split("\\.", -1);
    for (int i = 0; i < words.length - 1; i++) {
      section = (ConfigObject) section.get(words[i]);
    }
    return section.get(words[words.length - 1]);
  }
}
