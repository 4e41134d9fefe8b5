package dev.convoy.spark.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ports that may be bound, {@code first} to {@code last}; 0 to 0 is any free port. */
public record PortRange(int first, int last) {
  static final PortRange ANY = new PortRange(0, 0);

  /** Reads {@code "0"} or {@code "20000-20100"}; empty where it is neither. */
  static Optional<PortRange> parse(String text) {
    if (text.equals("0")) {
      return Optional.of(ANY);
    }
    Matcher matcher = Pattern.compile("([1-9][0-9]{3,4})-([1-9][0-9]{3,4})").matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    PortRange range =
        new PortRange(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    boolean valid = range.first >= 1024 && range.first <= range.last && range.last <= 65535;
    return valid ? Optional.of(range) : Optional.empty();
  }

  @Override
  public String toString() {
    return last == 0 ? "0" : first + "-" + last;
  }
}
