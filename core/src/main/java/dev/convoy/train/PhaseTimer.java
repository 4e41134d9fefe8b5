package dev.convoy.train;

import dev.convoy.concurrent.Worker;
import java.util.EnumMap;
import java.util.Map;

/**
 * Adds up how long the first worker of an executor, which stands for all, spends in each phase.
 * Allocates nothing but what {@link #take} returns; used by one thread.
 */
public final class PhaseTimer {
  private final Map<Phase, Time> spent = new EnumMap<>(Phase.class);

  private static final class Time {
    private long nanos;
  }

  /** A timer that has seen nothing yet. */
  public PhaseTimer() {
    for (Phase phase : Phase.values()) {
      spent.put(phase, new Time());
    }
  }

  /** {@code nanos} nanoseconds were spent in {@code phase}. */
  public void add(Phase phase, long nanos) {
    spent.get(phase).nanos += nanos;
  }

  /** Adds the time since {@code startNanos}, for worker 0, which stands for all. */
  void addSince(Worker worker, Phase phase, long startNanos) {
    if (worker.first()) {
      add(phase, System.nanoTime() - startNanos);
    }
  }

  /** The shares of the last {@code windowNanos} of wall time; the next window starts at zero. */
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
