package dev.convoy.concurrent;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where the workers of a crew meet, some hundred times in a training step. Waiting begins as a
 * spin, for the others are mostly microseconds away, and ends as a sleep, for they may read data.
 * Allocates nothing.
 */
final class Barrier {
  private static final int SPINS = 20_000;

  private final int parties;
  private final AtomicInteger missing;
  private final Object monitor = new Object();
  private volatile int generation;
  private volatile boolean broken;

  Barrier(int parties) {
    this.parties = parties;
    missing = new AtomicInteger(parties);
  }

  int parties() {
    return parties;
  }

  /** Waits for all parties. */
  void await() {
    if (parties == 1) {
      return;
    }
    int mine = generation;
    if (missing.decrementAndGet() == 0) {
      missing.set(parties);
      synchronized (monitor) {
        generation = mine + 1;
        monitor.notifyAll();
      }
    } else {
      spin(mine);
      sleep(mine);
    }
    if (broken) {
      throw new BrokenCrewException();
    }
  }

  private void spin(int mine) {
    for (int i = 0; i < SPINS && generation == mine && !broken; i++) {
      Thread.onSpinWait();
    }
  }

  private void sleep(int mine) {
    boolean interrupted = false;
    synchronized (monitor) {
      while (generation == mine && !broken) {
        try {
          monitor.wait();
        } catch (InterruptedException e) {
          interrupted = true;
          broken = true;
          monitor.notifyAll();
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sends everybody who waits, now or later, away with an exception. */
  void breakUp() {
    synchronized (monitor) {
      broken = true;
      monitor.notifyAll();
    }
  }

  /** Makes it usable again; nobody may be waiting. */
  void reset() {
    broken = false;
    missing.set(parties);
  }
}
