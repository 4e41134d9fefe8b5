package dev.convoy.collective.transport;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the bytes that are sent, or received: those of all peers together, and the time of one
 * peer's last byte for the watchdog.
 */
final class Traffic {
  private final AtomicLong total;
  private volatile long lastNanos = System.nanoTime();

  Traffic(AtomicLong total) {
    this.total = total;
  }

  void moved(long bytes) {
    total.addAndGet(bytes);
    lastNanos = System.nanoTime();
  }

  /** Returns the {@link System#nanoTime} of the last byte. */
  long lastNanos() {
    return lastNanos;
  }
}
