package dev.convoy.collective.transport;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The TCP ports that a rank may listen on, both ends included; 0 to 0 means any free port.
 *
 * @param from lowest port
 * @param to highest port
 */
public record PortRange(int from, int to) {
  /** Any free port. */
  public static final PortRange ANY = new PortRange(0, 0);

  private static final Pattern FORM = Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?");

  public PortRange {
    boolean any = from == 0 && to == 0;
    if (!any && (from < 1 || to < from || to > 65535)) {
      throw new IllegalArgumentException(
          "a port range lies in 1-65535, lower port first, or is 0 for any free port; got "
              + from
              + "-"
              + to);
    }
  }

  /** Reads {@code "0"}, {@code "40000"} or {@code "40000-40099"}. */
  public static PortRange parse(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "a port range is written 0, 40000 or 40000-40099, got '" + text + "'");
    }
    int from = Integer.parseInt(matcher.group(1));
    return new PortRange(
        from, matcher.group(2) == null ? from : Integer.parseInt(matcher.group(2)));
  }

  @Override
  public String toString() {
    return from == to ? Integer.toString(from) : from + "-" + to;
  }
}
