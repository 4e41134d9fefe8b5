package dev.convoy.spark.telemetry;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Adds up how long the worker threads of one executor spend in each phase. Adding is one atomic
 * addition, allocates nothing, and may be done by any thread at any time.
 */
public final class PhaseTimer {
  private final int workers;
  private final Map<Phase, AtomicLong> spent = new EnumMap<>(Phase.class);

  /** A timer for {@code workers} threads that compute side by side. */
  public PhaseTimer(int workers) {
    if (workers < 1) {
      throw new IllegalArgumentException("a timer for " + workers + " workers; at least one");
    }
    this.workers = workers;
    for (Phase phase : Phase.values()) {
      spent.put(phase, new AtomicLong());
    }
  }

  /** One worker has spent {@code nanos} nanoseconds in {@code phase}. */
  public void add(Phase phase, long nanos) {
    spent.get(phase).getAndAdd(nanos);
  }

  /** One thread has spent {@code nanos} in {@code phase} while all workers waited for it. */
  public void addForAll(Phase phase, long nanos) {
    add(phase, nanos * workers);
  }

  /** The shares of the last {@code windowNanos} of wall time; the next window starts at zero. */
  public TimeShares take(long windowNanos) {
    double available = (double) Math.max(1, windowNanos) * workers;
    return new TimeShares(
        take(Phase.DATA) / available,
        take(Phase.FORWARD) / available,
        take(Phase.BACKWARD) / available,
        take(Phase.COMMUNICATION) / available,
        take(Phase.UPDATE) / available);
  }

  private double take(Phase phase) {
    return spent.get(phase).getAndSet(0);
  }
}
