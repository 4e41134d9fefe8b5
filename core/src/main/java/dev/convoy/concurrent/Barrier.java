package dev.convoy.concurrent;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A barrier that the workers of a team pass some hundred times in a training step. A worker first
 * spins, because the others mostly arrive within microseconds, and then sleeps, because they may be
 * reading data. Allocates nothing.
 */
final class Barrier {
  private final int parties;
  private final int spins;
  private final AtomicInteger missing;
  private final Object monitor = new Object();
  private volatile int generation;
  private volatile boolean broken;

  Barrier(int parties) {
    this.parties = parties;
    spins = Spinning.polls(parties);
    missing = new AtomicInteger(parties);
  }

  int parties() {
    return parties;
  }

  /**
   * Waits for all parties.
   *
   * @throws BrokenTeamException if the barrier is broken, or this thread is interrupted while it
   *     sleeps, which breaks it; its interrupt status stays set
   */
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
      throw new BrokenTeamException();
    }
  }

  private void spin(int mine) {
    for (int i = 0; i < spins && generation == mine && !broken; i++) {
      Spinning.pause(i);
    }
  }

  private void sleep(int mine) {
    if (generation != mine) {
      return;
    }
    boolean interrupted = false;
    synchronized (monitor) {
      while (generation == mine && !broken) {
        try {
          monitor.wait();
        } catch (InterruptedException e) {
          interrupted = true;
          breakUp();
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Breaks the barrier: every thread that waits for it, now or later, gets an exception. */
  void breakUp() {
    synchronized (monitor) {
      broken = true;
      monitor.notifyAll();
    }
  }

  /** Makes the barrier usable again; no thread may be waiting for it. */
  void reset() {
    missing.set(parties);
    broken = false;
  }
}
