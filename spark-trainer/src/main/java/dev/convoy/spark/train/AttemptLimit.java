package dev.convoy.spark.train;

/**
 * Limits the failed attempts in a row that keep no new step. Only what the next attempt goes on
 * from counts as progress: attempts that lose the same steps again and again would otherwise go on
 * for ever, and a run of weeks would end by faults that it survived.
 */
final class AttemptLimit {
  private final int limit;
  private long best;
  private int inARow;

  /**
   * Allows {@code limit} attempts at getting beyond a step.
   *
   * @param limit at least 1, where the first failure is the last
   */
  AttemptLimit(int limit) {
    this.limit = limit;
  }

  /**
   * Counts an attempt that failed. One that kept a new step is the first of a new row.
   *
   * @param kept how many steps the next attempt does not have to repeat
   */
  void failed(long kept) {
    if (kept > best) {
      best = kept;
      inARow = 0;
    }
    inARow++;
  }

  /** Returns whether there must be no further attempt. */
  boolean reached() {
    return inARow >= limit;
  }

  /** Returns how many attempts in a row have failed without a new step. */
  int inARow() {
    return inARow;
  }
}
