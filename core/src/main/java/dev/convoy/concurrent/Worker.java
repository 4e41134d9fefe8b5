package dev.convoy.concurrent;

/**
 * One of the threads of a {@link Crew}. All run the same program; each does its share of every
 * piece of work, and they {@link #meet} where one needs what another has done. Shares are
 * contiguous and depend on nothing but the worker's number, so nothing depends on timing.
 */
public final class Worker {
  private static final Worker ALONE = new Worker(0, new Barrier(1));

  private final int index;
  private final Barrier barrier;

  Worker(int index, Barrier barrier) {
    this.index = index;
    this.barrier = barrier;
  }

  /** A crew of one: the calling thread. */
  public static Worker alone() {
    return ALONE;
  }

  /** Its number, from 0. */
  public int index() {
    return index;
  }

  /** How many they are. */
  public int count() {
    return barrier.parties();
  }

  /** Whether it is the one that does what only one may do. */
  public boolean first() {
    return index == 0;
  }

  /** The first of {@code units} pieces of work that is this worker's. */
  public int from(int units) {
    return (int) ((long) units * index / count());
  }

  /** The end of its pieces, exclusive. */
  public int to(int units) {
    return (int) ((long) units * (index + 1) / count());
  }

  /**
   * Waits for all others; what they wrote before is visible after.
   *
   * @throws BrokenCrewException if another has failed
   */
  public void meet() {
    barrier.await();
  }
}
