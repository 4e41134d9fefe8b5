package dev.convoy.spark.forecast;

import dev.convoy.spark.config.UserError;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An executor's link to the network, which carries as much in each direction at once.
 *
 * @param bytesPerSecond in one direction
 * @param latency seconds from one executor to another
 */
public record Link(double bytesPerSecond, double latency) {
  private static final Pattern NUMBER_AND_UNIT =
      Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?) ?([a-z]+)");

  private static final String BANDWIDTHS =
      "a number above zero and kbit, mbit or gbit, as in 10gbit";

  private static final String LATENCIES = "a number and us, ms or s, as in 50us";

  /** The powers of ten of the units. */
  private static final Map<String, Integer> BITS = Map.of("kbit", 3, "mbit", 6, "gbit", 9);

  private static final Map<String, Integer> SECONDS = Map.of("us", -6, "ms", -3, "s", 0);

  /**
   * Reads a bandwidth such as {@code 10gbit} and a latency such as {@code 50us}.
   *
   * @throws UserError if one of them is none
   */
  public static Link parse(String bandwidth, String latency) {
    double bits = number("--bandwidth", bandwidth, BITS, BANDWIDTHS);
    if (bits == 0) {
      throw invalid("--bandwidth", bandwidth, BANDWIDTHS);
    }
    return new Link(bits / Byte.SIZE, number("--latency", latency, SECONDS, LATENCIES));
  }

  private static double number(
      String option, String text, Map<String, Integer> units, String allowed) {
    Matcher matcher = NUMBER_AND_UNIT.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches() || !units.containsKey(matcher.group(2))) {
      throw invalid(option, text, allowed);
    }
    return new BigDecimal(matcher.group(1))
        .scaleByPowerOfTen(units.get(matcher.group(2)))
        .doubleValue();
  }

  private static UserError invalid(String option, String text, String allowed) {
    return new UserError("%s %s is invalid: expected %s".formatted(option, text, allowed));
  }

  /** Returns a link that takes no time for bytes. */
  Link withoutLimit() {
    return new Link(Double.POSITIVE_INFINITY, latency);
  }

  /** Returns a link that takes no time for messages. */
  Link withoutLatency() {
    return new Link(bytesPerSecond, 0);
  }
}
