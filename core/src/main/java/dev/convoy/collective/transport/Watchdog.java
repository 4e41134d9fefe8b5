package dev.convoy.collective.transport;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A time-out for blocking sockets, which have none. The thread of the collective says which peer it
 * waits for; if no byte is transferred between the two within the time-out, the mesh fails and
 * closes its connections, which wakes that thread.
 */
final class Watchdog {
  private final FirstCause firstCause;
  private final Duration timeout;
  private Peer awaited;
  private Waiting waiting;
  private Operation operation;
  private long sinceNanos;
  private boolean parked;
  private boolean closed;

  Watchdog(FirstCause firstCause, Duration timeout) {
    this.firstCause = firstCause;
    this.timeout = timeout;
    Thread thread = new Thread(this::watch, "convoy-watchdog");
    thread.setDaemon(true);
    thread.start();
  }

  /** Notes that the caller waits for {@code peer} from now on. */
  synchronized void await(Peer peer, Waiting what, Operation during) {
    awaited = peer;
    waiting = what;
    operation = during;
    sinceNanos = System.nanoTime();
    wakeIfParked();
  }

  /** Notes that the caller waits for no peer. */
  synchronized void idle() {
    awaited = null;
  }

  synchronized void close() {
    closed = true;
    wakeIfParked();
  }

  private void wakeIfParked() {
    if (parked || closed) {
      notifyAll();
    }
  }

  private void watch() {
    try {
      CollectiveException late = untilLate();
      if (late != null) {
        firstCause.record(late);
      }
    } catch (InterruptedException e) {
      // Only a JVM that is shutting down interrupts this thread.
      Thread.currentThread().interrupt();
    }
  }

  /** Returns what to report, or null once closed. */
  private synchronized CollectiveException untilLate() throws InterruptedException {
    while (!closed) {
      parked = awaited == null;
      if (parked) {
        wait();
      } else {
        long left = timeout.toNanos() - silentNanos();
        if (left <= 0) {
          return late();
        }
        wait(TimeUnit.NANOSECONDS.toMillis(left) + 1);
      }
    }
    return null;
  }

  /** Returns how long the awaited peer has been silent while the caller waited for it. */
  private long silentNanos() {
    long now = System.nanoTime();
    return Math.min(now - sinceNanos, now - awaited.lastMovedNanos(waiting));
  }

  private CollectiveException late() {
    return new CollectiveException(
        CollectiveException.Kind.SILENT,
        operation,
        awaited.rank(),
        awaited
            + " was silent for "
            + Seconds.of(Duration.ofNanos(silentNanos()))
            + " during "
            + operation.label()
            + ": it "
            + waiting.complaint(),
        null);
  }
}
