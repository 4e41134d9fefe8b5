package dev.convoy.collective.transport;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The point in time at which a time-out expires.
 *
 * @param nanos in the time of {@link System#nanoTime}
 */
record Deadline(long nanos) {

  static Deadline in(Duration duration) {
    return new Deadline(System.nanoTime() + duration.toNanos());
  }

  Deadline earlier(Deadline other) {
    return nanos - other.nanos <= 0 ? this : other;
  }

  boolean isPast() {
    return nanos - System.nanoTime() <= 0;
  }

  /**
   * Returns the time left in milliseconds, at least 1, because 0 means forever to sockets and
   * monitors.
   */
  int millis() {
    long left = TimeUnit.NANOSECONDS.toMillis(nanos - System.nanoTime());
    return (int) Math.max(1, Math.min(left, Integer.MAX_VALUE));
  }
}
