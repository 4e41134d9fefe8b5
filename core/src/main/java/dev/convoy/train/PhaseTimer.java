package dev.convoy.train;

import dev.convoy.concurrent.Worker;
import java.util.EnumMap;
import java.util.Map;

/**
 * Adds up how long the first worker of an executor spends in each phase, as a measure for all of
 * them. Allocates nothing but what {@link #take} returns; used by one thread.
 */
public final class PhaseTimer {
  private final Map<Phase, Time> spent = new EnumMap<>(Phase.class);

  private static final class Time {
    private long nanos;
  }

  /** Makes a timer with no time in any phase. */
  public PhaseTimer() {
    for (Phase phase : Phase.values()) {
      spent.put(phase, new Time());
    }
  }

  /** Adds {@code nanos} nanoseconds to a phase. */
  public void add(Phase phase, long nanos) {
    spent.get(phase).nanos += nanos;
  }

  /** Adds the time since {@code startNanos} if the worker is worker 0. */
  void addSince(Worker worker, Phase phase, long startNanos) {
    if (worker.first()) {
      add(phase, System.nanoTime() - startNanos);
    }
  }

  /**
   * Returns the phases' shares of the last {@code windowNanos} of wall time, and resets the times.
   */
  public TimeShares take(long windowNanos) {
    double available = Math.max(1, windowNanos);
    return new TimeShares(
        take(Phase.DATA) / available,
        take(Phase.FORWARD) / available,
        take(Phase.BACKWARD) / available,
        take(Phase.COMMUNICATION) / available,
        take(Phase.UPDATE) / available);
  }

  private double take(Phase phase) {
    long nanos = spent.get(phase).nanos;
    spent.get(phase).nanos = 0;
    return nanos;
  }
}
