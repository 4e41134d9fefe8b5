package dev.convoy.collective.transport;

import java.time.Duration;
import java.util.Locale;

/** Formats durations for messages. */
final class Seconds {
  private Seconds() {}

  static String of(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }
}
