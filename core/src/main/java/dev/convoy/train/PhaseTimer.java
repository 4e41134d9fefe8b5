package dev.convoy.train;

import dev.convoy.concurrent.Worker;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Adds up how long the first worker of an executor spends in each phase, as a measure for all of
 * them, and how long the exchange with other executors takes. Allocates nothing but what {@link
 * #take} returns; any thread may use it.
 */
public final class PhaseTimer {
  private final Map<Phase, AtomicLong> spent = new EnumMap<>(Phase.class);

  /** Makes a timer with no time in any phase. */
  public PhaseTimer() {
    for (Phase phase : Phase.values()) {
      spent.put(phase, new AtomicLong());
    }
  }

  /** Adds {@code nanos} nanoseconds to a phase. */
  public void add(Phase phase, long nanos) {
    spent.get(phase).addAndGet(nanos);
  }

  /** Adds the time since {@code startNanos} to a phase; returns the time now. */
  long addSince(Phase phase, long startNanos) {
    long now = System.nanoTime();
    add(phase, now - startNanos);
    return now;
  }

  /** Adds the time since {@code startNanos} if the worker is worker 0. */
  void addSince(Worker worker, Phase phase, long startNanos) {
    if (worker.first()) {
      addSince(phase, startNanos);
    }
  }

  /** Counts time that is or will be counted in one phase in another one instead. */
  void move(Phase from, Phase to, long nanos) {
    add(from, -nanos);
    add(to, nanos);
  }

  /**
   * Returns the phases' shares of the last {@code windowNanos} of wall time, and resets the times.
   */
  public TimeShares take(long windowNanos) {
    double available = Math.max(1, windowNanos);
    double waited = take(Phase.COMMUNICATION) / available;
    return new TimeShares(
        take(Phase.DATA) / available,
        take(Phase.FORWARD) / available,
        take(Phase.BACKWARD) / available,
        waited,
        Math.max(0, take(Phase.EXCHANGE) / available - waited),
        take(Phase.UPDATE) / available);
  }

  private double take(Phase phase) {
    return spent.get(phase).getAndSet(0);
  }
}
