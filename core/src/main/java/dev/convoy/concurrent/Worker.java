package dev.convoy.concurrent;

/**
 * One of the threads of a {@link ThreadTeam}. All run the same program; each does its share of
 * every piece of work, and a {@link #barrier} separates pieces that depend on each other. Shares
 * are contiguous and depend on the worker's number alone, so no result depends on timing.
 */
public final class Worker {
  private static final Worker SINGLE = new Worker(0, new Barrier(1));

  private final int index;
  private final Barrier barrier;

  Worker(int index, Barrier barrier) {
    this.index = index;
    this.barrier = barrier;
  }

  /** Returns the only worker of a team of one: the calling thread. */
  public static Worker single() {
    return SINGLE;
  }

  /** Returns its number, from 0. */
  public int index() {
    return index;
  }

  /** Returns the number of workers in the team. */
  public int count() {
    return barrier.parties();
  }

  /** Returns whether this is worker 0, which does what only one worker may do. */
  public boolean first() {
    return index == 0;
  }

  /** Returns the first of this worker's share of {@code units} pieces of work. */
  public int from(int units) {
    return (int) ((long) units * index / count());
  }

  /** Returns the end of its share, exclusive. */
  public int to(int units) {
    return (int) ((long) units * (index + 1) / count());
  }

  /**
   * Waits for all others; what they wrote before is visible after.
   *
   * @throws BrokenTeamException if another has failed
   */
  public void barrier() {
    barrier.await();
  }
}
