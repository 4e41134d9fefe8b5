package dev.convoy.collective.transport;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Bytes that went one way: over all peers, for the telemetry, and when the last of one peer's
 * moved, for the watchdog.
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

  /** {@link System#nanoTime} when a byte moved last. */
  long lastNanos() {
    return lastNanos;
  }
}
